"""The form of one screen, made from its questions; its answers are plain values by question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from casestudies.downloads import Material
from casestudies.models import CaseStudyPage
from casestudies.wizard.kinds import Asker, CountedField, Text
from casestudies.wizard.questions import Question, Step, never
from casestudies.wizard.rows import Rows, row_count
from casestudies.wizard.uploads import Uploads, new_files
from casestudies.wizard.vocabularies import Terms
from portal.directory.models import User

SHORT = 80


def _is_short(field: BoundField) -> bool:
    return isinstance(field.field, CountedField) and field.field.limit <= SHORT


@dataclass(frozen=True)
class RowOfFields:
    """The inputs of one row: those seen, those hidden, and how to call and remove it."""

    place: int
    visible_fields: list[BoundField]
    hidden_fields: list[BoundField]
    stored: Any = None

    @property
    def groups(self) -> list[tuple[bool, list[BoundField]]]:
        """The inputs in order, short ones that follow each other as one group."""
        pairs = groupby(self.visible_fields, key=_is_short)
        return [(is_short, list(fields)) for is_short, fields in pairs]

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
    case: CaseStudyPage
    new: BoundField | None = None
    offered: Sequence[Material] = ()

    @property
    def kind(self) -> str:
        """How the screen lays it out: one, many, rows or uploads."""
        if isinstance(self.question.kind, Uploads):
            return "uploads"
        if self.question.kind.repeats:
            return "rows"
        return "one" if len(self.fields) == 1 else "many"

    @property
    def is_needed(self) -> bool:
        """Whether it must be answered for some case, so that it is not called optional."""
        kind = self.question.kind
        return self.question.needed is not never or (isinstance(kind, Text) and bool(kind.required))

    @property
    def is_long_list(self) -> bool:
        """Whether its choices stand in columns."""
        return isinstance(self.question.kind, Terms)

    @property
    def language(self) -> str:
        """The language of what is typed, for the long texts of the case; else not known."""
        kind = self.question.kind
        return self.case.language if isinstance(kind, Text) and kind.rows > 1 else ""

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
        data: QueryDict | None = None,
        typed: QueryDict | None = None,
    ) -> None:
        """Show the answers of a case, judge `data`, or show `typed` without judging it yet."""
        values = {question.name: question.read(case) for question in step.questions}
        super().__init__(data=data, auto_id="id_%s")
        self.step, self.shows_typed = step, typed is not None
        self.asker = Asker(author, case)
        self.answers: dict[str, Any] = {}
        source = data if typed is None else typed
        self.rows = {
            question.name: self._rows(question, values[question.name], source)
            for question in step.questions
        }
        for question in step.questions:
            self._add_fields(question)
            if typed is None:
                self.initial.update(question.kind.initial(question.name, values[question.name]))
        if typed is not None:
            self.initial = {
                name: field.widget.value_from_datadict(typed, MultiValueDict(), name)
                for name, field in self.fields.items()
            }

    @property
    def is_typed(self) -> bool:
        """Whether it shows what was typed, which is not saved yet, and not what the case says."""
        return self.shows_typed or self.is_bound

    def _rows(self, question: Question, answer: Any, data: QueryDict | None) -> int:
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
    def sound_answers(self) -> dict[str, Any]:
        """The answers with nothing wrong in them, whatever is wrong with others."""
        wrong = {name for name in self.step_names if self.wrong_in(name)}
        return {name: answer for name, answer in self.answers.items() if name not in wrong}

    @property
    def step_names(self) -> list[str]:
        """The names of the questions asked."""
        return [question.name for question in self.step.questions]

    def wrong_in(self, name: str) -> list[str]:
        """Give what is wrong with the answer to a question, in words."""
        return [
            str(text)
            for field, found in self.errors.items()
            if field == name or field.startswith(f"{name}-")
            for text in found
        ]

    def tell(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Say what is wrong with inputs that were judged before the form was made."""
        if not self.is_bound:
            # Nothing else of this form is judged yet.
            self._errors, self.cleaned_data = ErrorDict(), {}
        for name, found in errors.items():
            self.add_error(name, list(found))

    @property
    def entries(self) -> Iterator[Entry]:
        """The questions with their inputs, in order."""
        for question in self.step.questions:
            yield self._entry(question)

    def _entry(self, question: Question) -> Entry:
        kind = question.kind
        if not isinstance(kind, Rows):
            names = kind.fields(question.name)
            return Entry(question, [self[name] for name in names], [], self.asker.case)
        rows = [self._row(question.name, kind, place) for place in range(self.rows[question.name])]
        entry = Entry(question, [], rows, self.asker.case)
        if not isinstance(kind, Uploads):
            return entry
        taken = [row.stored.pk for row in rows if row.stored]
        offered = kind.offered(self.asker.case, taken)
        return replace(entry, new=self[new_files(question.name)], offered=offered)

    def _row(self, name: str, kind: Rows, place: int) -> RowOfFields:
        inputs = [self[f"{name}-{place}-{column.name}"] for column in kind.columns]
        hidden = [item for item in inputs if item.is_hidden]
        stored = None
        if isinstance(kind, Uploads):
            known = kind.stored_model._default_manager
            stored = known.filter(pk=hidden[0].value() or 0).first()
        return RowOfFields(place, [item for item in inputs if not item.is_hidden], hidden, stored)
