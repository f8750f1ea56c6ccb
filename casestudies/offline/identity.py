"""What a file says about itself: that it is ours, its language, whose draft, what it showed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from casestudies.wizard.questions import Question
from casestudies.wizard.shown import MARK_LENGTH, mark_of
from portal.core.languages import LANGUAGE_CODES

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

SCHEMA = "case/1"
SIGN = "#customs-forum"
NAME, SHOWN = "CustomsForum", "CustomsForumShown"
_IDENTITY = re.compile(
    rf"{re.escape(SCHEMA)} ({'|'.join(LANGUAGE_CODES)}) (snapshot|full)(?: (CS-\d{{4}}-\d{{6}}))?"
)
_MARK = re.compile(rf"([a-z_]{{1,40}})=([0-9a-f]{{{MARK_LENGTH}}})")


class Size(StrEnum):
    """How much a template asks."""

    SNAPSHOT = "snapshot"
    FULL = "full"


@dataclass(frozen=True)
class Identity:
    """Which template a file was made from; `shown` has a mark of each answer it had then."""

    language: str
    size: Size
    number: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(part for part in (SCHEMA, self.language, self.size, self.number) if part)

    @property
    def properties(self) -> dict[str, str]:
        """What is kept unseen in the file."""
        return {NAME: str(self), SHOWN: marks_as_text(self.shown)}

    @classmethod
    def said_by(cls, text: str, shown: str = "") -> "Identity | None":
        """Read what a file says about itself; None for anything that is not ours."""
        found = _IDENTITY.fullmatch(text.strip())
        if found is None:
            return None
        language, size, number = found.groups()
        return cls(language, Size(size), number or "", marks_in(shown))


def marks_as_text(marks: Mapping[str, str]) -> str:
    """Give marks as one line, to travel in a file or a form."""
    return " ".join(f"{name}={mark}" for name, mark in marks.items())


def marks_in(text: str) -> dict[str, str]:
    """Read marks from such a line."""
    return dict(_MARK.findall(text))


def marks_of(case: "CaseStudyPage", questions: Iterable[Question]) -> dict[str, str]:
    """Give the marks of a case's present answers by question."""
    return {question.name: mark_of(question.read(case)) for question in questions}
