"""The form of one screen, made from its questions; its answers are plain values by question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from casestudies.models import CaseStudyPage
from casestudies.wizard.kinds import Asker, Text
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.references import Uploads
from casestudies.wizard.rows import Rows, row_count
from portal.directory.models import User


@dataclass(frozen=True)
class RowOfFields:
    """The inputs of one row: those seen, those hidden, and how to call and remove it."""

    place: int
    visible_fields: list[BoundField]
    hidden_fields: list[BoundField]
    stored: Any = None

    @property
    def number(self) -> int:
        """The number a person gives the row."""
        return self.place + 1


@dataclass(frozen=True)
class Entry:
    """One question as a screen shows it."""

    question: Question
    fields: list[BoundField]
    rows: list[RowOfFields]
    new: list[BoundField]

    @property
    def kind(self) -> str:
        """How the screen lays it out: one, many, rows or uploads."""
        if isinstance(self.question.kind, Uploads):
            return "uploads"
        if self.question.kind.repeats:
            return "rows"
        return "one" if len(self.fields) == 1 else "many"

    @property
    def limit(self) -> int | None:
        """The most characters of a text; None for anything else."""
        return self.question.kind.limit if isinstance(self.question.kind, Text) else None

    @property
    def can_add(self) -> bool:
        """Whether there is room for another row."""
        kind = self.question.kind
        return isinstance(kind, Rows) and len(self.rows) < kind.limit


class StepForm(forms.Form):
    """All questions of a step in one form, flat, so that every input has one name and one id."""

    def __init__(
        self,
        step: Step,
        *,
        case: CaseStudyPage,
        author: User,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        values = {question.name: question.read(case) for question in step.questions}
        initial: dict[str, Any] = {}
        for question in step.questions:
            initial |= question.kind.initial(question.name, values[question.name])
        super().__init__(data=data, initial=initial, auto_id="id_%s")
        self.step = step
        self.asker = Asker(author, case)
        self.answers: dict[str, Any] = {}
        self.rows = {
            question.name: self._rows(question, values[question.name], data)
            for question in step.questions
        }
        for question in step.questions:
            self._add_fields(question)

    def _rows(self, question: Question, answer: Any, data: Mapping[str, Any] | None) -> int:
        kind = question.kind
        if not isinstance(kind, Rows):
            return 0
        if data is not None:
            return min(row_count(question.name, data), kind.limit)
        return len(answer) if isinstance(kind, Uploads) else max(len(answer), 1)

    def _add_fields(self, question: Question) -> None:
        for name, field in question.kind.fields(question.name, self.rows[question.name]).items():
            if name == question.name:
                field.label = question.label
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Gather the answers; what is wrong within a question is named at its input."""
        cleaned = super().clean() or self.cleaned_data
        for question in self.step.questions:
            try:
                answer = question.kind.answer(question.name, cleaned, self.asker)
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    if name not in self.errors:
                        self.add_error(name, messages)
            else:
                self.answers[question.name] = answer
        return cleaned

    @property
    def entries(self) -> Iterator[Entry]:
        """The questions with their inputs, in order."""
        for question in self.step.questions:
            yield self._entry(question)

    def _entry(self, question: Question) -> Entry:
        kind = question.kind
        if not isinstance(kind, Rows):
            names = kind.fields(question.name)
            return Entry(question, [self[name] for name in names], [], [])
        rows = [self._row(question.name, kind, place) for place in range(self.rows[question.name])]
        prefix = f"{question.name}-new-"
        new = [self[name] for name in self.fields if name.startswith(prefix)]
        return Entry(question, [], rows, new)

    def _row(self, name: str, kind: Rows, place: int) -> RowOfFields:
        inputs = [self[f"{name}-{place}-{column.name}"] for column in kind.columns]
        hidden = [item for item in inputs if item.is_hidden]
        stored = None
        if isinstance(kind, Uploads):
            stored = kind.stored_model._default_manager.filter(pk=hidden[0].value() or 0).first()
        return RowOfFields(place, [item for item in inputs if not item.is_hidden], hidden, stored)
