"""How far a draft has come: each screen's state in a word, and what is still missing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casestudies.wizard.kinds import Words, is_empty
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.steps import CHECK, FULL, step_with, steps_for

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

CHECK_TITLE = _("Check and send")


@dataclass(frozen=True)
class Mark:
    """One screen in the list of screens: done, missing, todo or current."""

    number: str
    slug: str
    label: Words
    state: str
    minutes: int = 0

    @property
    def url(self) -> str:
        """The address of the screen."""
        return reverse("casestudies:share_step", args=[self.number, self.slug])


@dataclass(frozen=True)
class Missing:
    """An answer that is still needed, with the screen and the input where it is given."""

    number: str
    step: Step
    question: Question

    @property
    def url(self) -> str:
        """The address of the very question."""
        return _address(self.number, self.step, self.question.name)


def question_url(number: str, name: str) -> str:
    """Give the address of a question of a case, by their names. Raises KeyError for none."""
    return _address(number, step_with(name), name)


def _address(number: str, step: Step, name: str) -> str:
    screen = reverse("casestudies:share_step", args=[number, step.slug])
    return f"{screen}#question-{name}"


def missing_in(case: "CaseStudyPage") -> list[Missing]:
    """Give everything that must be answered before this case can be sent, in order."""
    return [
        Missing(str(case.number), step, question)
        for step in steps_for(case)
        for question in step.missing(case)
    ]


@dataclass(frozen=True)
class Completeness:
    """How many of some questions are answered, and which are not, each with its address."""

    answered: int
    still_open: list[Missing]

    @property
    def total(self) -> int:
        """How many questions there are."""
        return self.answered + len(self.still_open)


def snapshot_of(case: "CaseStudyPage") -> Completeness:
    """Give how complete a Snapshot is: of what must be answered before it can be sent."""
    needed = [item for step in steps_for(case) for item in step.questions if item.needed(case)]
    missing = missing_in(case)
    return Completeness(len(needed) - len(missing), missing)


def full_of(case: "CaseStudyPage") -> Completeness:
    """Give how complete a Full case is beyond its Snapshot; nothing of it must be answered."""
    asked = [Missing(str(case.number), step, item) for step in FULL for item in step.questions]
    still_open = [one for one in asked if is_empty(one.question.read(case))]
    return Completeness(len(asked) - len(still_open), still_open)


def progress_of(case: "CaseStudyPage", current: str = "") -> list[Mark]:
    """Give the screens of the Snapshot with their states, the check as the last one."""
    marks = [_mark(step, case, current) for step in steps_for(case)]
    state = "current" if current == CHECK else "todo"
    return [*marks, Mark(str(case.number), CHECK, CHECK_TITLE, state)]


def extra_progress_of(case: "CaseStudyPage", current: str = "") -> list[Mark]:
    """Give the optional screens of a Full case with their states."""
    return [_mark(step, case, current) for step in FULL]


def _mark(step: Step, case: "CaseStudyPage", current: str) -> Mark:
    state = "current" if step.slug == current else _state(step, case)
    return Mark(str(case.number), step.slug, step.title, state, step.minutes)


def _state(step: Step, case: "CaseStudyPage") -> str:
    started = step.is_started(case)
    if step.missing(case):
        return "missing" if started else "todo"
    is_needed = any(question.needed(case) for question in step.questions)
    return "done" if started or is_needed else "todo"


def resume_at(case: "CaseStudyPage") -> str:
    """Give the slug of the first screen where something is missing, or the check."""
    missing = missing_in(case)
    return missing[0].step.slug if missing else CHECK
