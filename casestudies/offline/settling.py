"""What becomes of each question of a filled template: taken, wrong, or changed meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudyPage, FilledTemplate
from casestudies.offline.understanding import as_data
from casestudies.wizard.forms import StepForm
from casestudies.wizard.kinds import is_empty
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.shown import mark_of
from casestudies.wizard.steps import question_named

if TYPE_CHECKING:
    from portal.directory.models import User

Outcome = FilledTemplate.Outcome


@dataclass
class Settled:
    """The answers to be written, and what became of each question."""

    answers: dict[str, Any] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)


def form_for(
    names: Iterable[str],
    draft: CaseStudyPage,
    author: "User",
    *,
    data: QueryDict | None = None,
    typed: QueryDict | None = None,
) -> StepForm:
    """Give the wizard's own form with these questions, whatever their screens."""
    questions = tuple(question_named(name) for name in names)
    step = Step("offline", _("Work offline"), "", questions)
    return StepForm(step, case=draft, author=author, data=data, typed=typed)


def settle(
    filled: FilledTemplate,
    names: Iterable[str],
    draft: CaseStudyPage,
    author: "User",
    shown: Mapping[str, str],
) -> Settled:
    """Judge what was typed as the wizard does, and compare it with what the draft says now.

    `shown` has the marks of what the author saw; an answer that has changed since is not replaced.
    """
    form = form_for(names, draft, author, data=as_data(filled.typed))
    form.is_valid()
    settled = Settled()
    for question in form.step.questions:
        outcome = _outcome(form, question, draft, shown)
        settled.outcomes[question.name] = outcome
        if outcome == Outcome.TAKEN:
            settled.answers[question.name] = form.answers[question.name]
    return settled


def _outcome(
    form: StepForm, question: Question, draft: CaseStudyPage, shown: Mapping[str, str]
) -> Outcome:
    name = question.name
    if not any(belongs(key, name) for key in form.data):
        return Outcome.EMPTY
    if codes := faults_of(form, name):
        return Outcome.OVER if codes == {"limit"} else Outcome.WRONG
    answer, present = form.answers[name], question.read(draft)
    if is_empty(answer):
        return Outcome.EMPTY
    # A file that has lost its marks overwrites nothing but empty answers.
    is_as_shown = mark_of(present) == shown.get(name, "") or is_empty(present)
    return Outcome.TAKEN if is_as_shown or answer == present else Outcome.CHANGED


def belongs(key: str, name: str) -> bool:
    """Say whether an input is one of a question's."""
    return key == name or key.startswith(f"{name}-")


def faults_of(form: StepForm, name: str) -> set[str]:
    """Give the codes of what is wrong with the inputs of a question."""
    return {
        error.code or "invalid"
        for key, errors in form.errors.as_data().items()
        if belongs(key, name)
        for error in errors
    }
