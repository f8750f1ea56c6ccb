"""Words about single questions of a case, in a review or with a decision, as a form takes them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from casestudies.services.refusals import Refused
from casestudies.wizard.kinds import CountedField
from casestudies.wizard.steps import all_questions, question_named

REMARK_LIMIT = 1000
PREFIX = "about-"


class RemarksForm(forms.Form):
    """One text for each question of a case, none of them asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in all_questions():
            self.fields[f"{PREFIX}{question.name}"] = CountedField(
                label=question.label,
                limit=REMARK_LIMIT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def remarks(self) -> dict[str, str]:
        """The words given, by the name of the question; only after the form was found valid."""
        return {
            name.removeprefix(PREFIX): text
            for name, text in self.cleaned_data.items()
            if name.startswith(PREFIX) and text
        }

    def about(self, name: str) -> BoundField:
        """Give the field for words about one question."""
        return self[f"{PREFIX}{name}"]


def checked_remarks(answers: Mapping[str, Any]) -> dict[str, str]:
    """Give the words about single questions among the answers of a form.

    Raises `Refused` when one is too long.
    """
    form = RemarksForm(dict(answers))
    if form.is_valid():
        return form.remarks
    raise Refused(" ".join(str(text) for errors in form.errors.values() for text in errors))


def labelled(remarks: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Give remarks as (name of the question, its label, the words), in the wizard's order."""
    names = [question.name for question in all_questions() if question.name in remarks]
    return [(name, str(question_named(name).label), remarks[name]) for name in names]
