"""What a check is and what it finds: plain data that pages show and the sending service obeys."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from casestudies.checks.answers import Answer, answers_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.utils.functional import _StrPromise

    from casestudies.models import CaseStudyPage
    from portal.directory.models import User

Words: TypeAlias = "str | _StrPromise"


class Level(StrEnum):
    """How much a finding weighs: a hint helps, a note is for people to judge, a stop forbids."""

    HINT = "hint"
    NOTE = "note"
    STOP = "stop"


@dataclass(frozen=True)
class Way:
    """A link to something that helps to judge a finding; `language` is that of its words."""

    label: str
    url: str
    language: str
    reason: str = ""


@dataclass(frozen=True)
class Finding:
    """What one check says about one answer.

    `question` names the question that holds the answer, `label` is the answer as a person calls
    it, `quotes` are the author's own words that it is about.
    """

    check: str
    level: Level
    question: str
    label: str
    words: str
    advice: str
    quotes: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Matter:
    """A draft to be looked at, for a person: some findings name cases that not everybody reads."""

    draft: "CaseStudyPage"
    reader: "User | AnonymousUser"
    questions: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def all_answers(self) -> list[Answer]:
        """Every text of the case."""
        return answers_of(self.draft)

    @property
    def answers(self) -> list[Answer]:
        """The texts in question: those of the questions named, or all."""
        if not self.questions:
            return self.all_answers
        return [answer for answer in self.all_answers if answer.question in self.questions]


class Check(ABC):
    """One thing that is looked at; `advice` says what to do, in plain words."""

    level: ClassVar[Level]
    advice: ClassVar[Words]

    @abstractmethod
    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give what there is to say about a draft."""

    def finding(
        self,
        question: str,
        label: str,
        words: str,
        quotes: tuple[str, ...] = (),
        ways: tuple[Way, ...] = (),
    ) -> Finding:
        """Give a finding of this check."""
        name = type(self).__name__
        return Finding(name, self.level, question, label, words, str(self.advice), quotes, ways)
