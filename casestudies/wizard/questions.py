"""What a step and a question are: plain data that forms, progress and checks are made from."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casestudies.wizard.kinds import Kind, Words, is_empty

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage


def always(case: "CaseStudyPage") -> bool:
    """Every case."""
    return True


def never(case: "CaseStudyPage") -> bool:
    """No case."""
    return False


@dataclass(frozen=True)
class Question:
    """One question: what is asked, why, a worked example, and when it must be answered.

    `missing` is what the last step says when `needed` holds and nothing was answered; `asked` says
    which cases are asked it at all.
    """

    name: str
    label: Words
    kind: Kind
    why: Words = ""
    example: Words = ""
    missing: Words = ""
    needed: Callable[["CaseStudyPage"], bool] = never
    asked: Callable[["CaseStudyPage"], bool] = always

    def read(self, case: "CaseStudyPage") -> Any:
        """Give the present answer of a case."""
        return self.kind.read(case, self.name)

    def write(self, case: "CaseStudyPage", answer: Any) -> None:
        """Put an answer on a case in memory."""
        self.kind.write(case, self.name, answer)

    def is_missing(self, case: "CaseStudyPage") -> bool:
        """Say whether this case cannot be sent without an answer that is not there."""
        return self.needed(case) and is_empty(self.read(case))


@dataclass(frozen=True)
class Step:
    """One screen: a group of questions with a name of its own.

    `minutes` is what it takes somebody who knows the matter and writes it down for the first time.
    """

    slug: str
    title: Words
    lead: Words
    questions: tuple[Question, ...]
    minutes: int = 1
    is_extra: bool = False
    asked: Callable[["CaseStudyPage"], bool] = always

    def for_case(self, case: "CaseStudyPage") -> "Step":
        """Give the screen with the questions that this case is asked."""
        return replace(self, questions=tuple(item for item in self.questions if item.asked(case)))

    def missing(self, case: "CaseStudyPage") -> list[Question]:
        """Give the questions that still need an answer before the case can be sent."""
        return [question for question in self.questions if question.is_missing(case)]

    def is_started(self, case: "CaseStudyPage") -> bool:
        """Say whether anything was answered on this screen."""
        return any(not is_empty(question.read(case)) for question in self.questions)
