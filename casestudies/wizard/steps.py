"""All screens of the wizard in order: those of a Snapshot, then those of a Full case."""

from typing import TYPE_CHECKING

from casestudies.wizard.changes import CHANGES
from casestudies.wizard.full import BACKGROUND, CONTEXT, DEEPER, EFFORT, NETWORK, REUSABLE
from casestudies.wizard.materials import MATERIALS
from casestudies.wizard.ownership import OWNER, RIGHTS
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.snapshot import (
    IN_SHORT,
    LEARNING,
    RESULTS,
    STORY,
    SUBJECT,
    TIMING,
)

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

SNAPSHOT: tuple[Step, ...] = (
    IN_SHORT,
    SUBJECT,
    TIMING,
    STORY,
    RESULTS,
    LEARNING,
    OWNER,
    MATERIALS,
    RIGHTS,
    CHANGES,
)
FULL: tuple[Step, ...] = (BACKGROUND, CONTEXT, EFFORT, DEEPER, REUSABLE, NETWORK)
CHECK = "check"
_QUESTIONS = {item.name: item for step in (*SNAPSHOT, *FULL) for item in step.questions}
_STEPS = {item.name: step for step in (*SNAPSHOT, *FULL) for item in step.questions}


def steps_for(case: "CaseStudyPage") -> list[Step]:
    """Give the screens of a Snapshot that this case is asked, in order."""
    return [step.for_case(case) for step in SNAPSHOT if step.asked(case)]


def step_named(slug: str, case: "CaseStudyPage") -> Step | None:
    """Give the screen with this slug, if this case is asked it."""
    return next((step for step in (*steps_for(case), *FULL) if step.slug == slug), None)


def question_named(name: str) -> Question:
    """Give the question with this name; raises KeyError for a name that is none."""
    return _QUESTIONS[name]


def step_with(name: str) -> Step:
    """Give the screen of the question with this name; raises KeyError for a name that is none."""
    return _STEPS[name]


def questions_for(case: "CaseStudyPage") -> list[Question]:
    """Give the questions that this case is asked, those of a Snapshot first."""
    return [item for step in (*steps_for(case), *FULL) for item in step.questions]


def all_questions() -> list[Question]:
    """Give every question of the wizard, those of a Snapshot first."""
    return list(_QUESTIONS.values())


def slug_after(step: Step, case: "CaseStudyPage") -> str:
    """Give the slug of the screen that follows; the last one is the check."""
    row = list(FULL) if step.is_extra else steps_for(case)
    place = [item.slug for item in row].index(step.slug) + 1
    return row[place].slug if place < len(row) else CHECK
