"""The report about a filled template: question by question, what became of what was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from casestudies.models import CaseStudyPage, FilledTemplate
from casestudies.offline.identity import marks_as_text, marks_of
from casestudies.offline.settling import Outcome, belongs, form_for
from casestudies.offline.understanding import as_data
from casestudies.wizard.forms import StepForm
from casestudies.wizard.progress import question_url
from casestudies.wizard.questions import Question

if TYPE_CHECKING:
    from portal.directory.models import User


@dataclass(frozen=True)
class Line:
    """A question with its answer in words, and where it is asked."""

    question: Question
    text: str
    url: str
    is_needed: bool = False


@dataclass(frozen=True)
class Change:
    """A question that was answered in the draft, too, since the file was made."""

    question: Question
    pairs: list[dict[str, str]]


class Report:
    """What the page of a report shows; `draft` is the case as it stands now."""

    def __init__(self, filled: FilledTemplate, draft: CaseStudyPage, author: "User") -> None:
        self.filled, self.draft, self.author = filled, draft, author
        self._all = form_for(filled.names, draft, author, data=as_data(filled.typed))
        self._all.is_valid()

    def named(self, *outcomes: str) -> list[Question]:
        """Give the questions that came out like this, in the order of the file."""
        found = self.filled.outcomes
        return [item for item in self._all.step.questions if found.get(item.name) in outcomes]

    @property
    def taken(self) -> list[Line]:
        """What is in the draft now."""
        return self._lines(self.named(Outcome.TAKEN))

    @property
    def kept(self) -> list[Line]:
        """What was given up in favour of the saved text."""
        return self._lines(self.named(Outcome.KEPT))

    @property
    def empty(self) -> list[Line]:
        """What the file left empty; what the draft has there stays."""
        return self._lines(self.named(Outcome.EMPTY))

    @property
    def changed(self) -> list[Change]:
        """What the draft says otherwise by now, both versions side by side."""
        return [Change(item, [self._pair(item)]) for item in self.named(Outcome.CHANGED)]

    @property
    def wrong(self) -> list[Question]:
        """What somebody has to look at again."""
        return self.named(Outcome.OVER, Outcome.WRONG)

    def unlisted(self, question: Question) -> list[str]:
        """Give words that were chosen from no list, and so stand in no input of the form."""
        return [
            value
            for key, values in self.filled.typed.items()
            if belongs(key, question.name)
            for value in values
            if not _is_shown(self._all.fields.get(key), value)
        ]

    def form(self, typed: Any = None) -> StepForm:
        """Give the form with what is to be mended: what was typed, and what is wrong with it."""
        names = [question.name for question in self.wrong]
        if typed is not None:
            return form_for(names, self.draft, self.author, typed=typed)
        return form_for(names, self.draft, self.author, data=as_data(self.filled.typed))

    @property
    def shown(self) -> str:
        """Marks of what the page shows of the draft."""
        names = [*self.named(Outcome.CHANGED), *self.wrong]
        return marks_as_text(marks_of(self.draft, names))

    def _lines(self, questions: Iterable[Question]) -> list[Line]:
        number = str(self.draft.number)
        return [
            Line(
                item,
                self._answer(item),
                question_url(number, item.name),
                item.is_missing(self.draft),
            )
            for item in questions
        ]

    def _answer(self, question: Question) -> str:
        answer = self._all.answers.get(question.name)
        return question.kind.show(answer) if answer else ""

    def _pair(self, question: Question) -> dict[str, str]:
        shown = question.kind.show
        return {
            "label": str(question.label),
            "yours": self._answer(question),
            "theirs": shown(question.read(self.draft)),
        }


def _is_shown(field: forms.Field | None, value: str) -> bool:
    if not isinstance(field, forms.ChoiceField):
        return field is not None
    return field.valid_value(value)


def files_about(case: CaseStudyPage) -> "QuerySet[FilledTemplate]":
    """Give the files that were sent about a case, the latest first."""
    return case.filled_templates.select_related("sent_by")


def files_waiting_for(user: "User") -> "QuerySet[FilledTemplate]":
    """Give what was handed in for somebody's drafts and not taken in yet."""
    waiting = FilledTemplate.objects.filter(case__owner=user.pk, taken_in_at=None)
    return waiting.select_related("case", "sent_by")
