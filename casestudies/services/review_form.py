"""The form of a review: the gate, the scores, words about single fields, a recommendation."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.models import Criterion, Gate, Review
from casestudies.services.remarks import RemarksForm
from casestudies.wizard.kinds import CountedField

NOTE_LIMIT = 600
OPINION_LIMIT = 2000
NOT_APPLICABLE = "na"
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
SCORES = (
    *((str(value), str(value)) for value in range(6)),
    (NOT_APPLICABLE, gettext_lazy("Not applicable")),
)


class ReviewForm(RemarksForm):
    """A review as it is typed; `sending` asks for everything, saving a draft for nothing."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending
        for gate in Gate:
            self.fields[f"gate-{gate}"] = _choice(gate.label, YES_NO)
        for criterion in Criterion:
            self.fields[f"score-{criterion}"] = _choice(criterion.label, SCORES)
            self.fields[f"note-{criterion}"] = CountedField(
                label=_("Why this score: %(criterion)s") % {"criterion": criterion.label},
                limit=NOTE_LIMIT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["opinion"] = CountedField(
            label=_("Your opinion in a few sentences"),
            help_text=_("The authors read it after the decision, without your name."),
            limit=OPINION_LIMIT,
            required=False,
            widget=forms.Textarea,
        )
        self.fields["recommendation"] = _choice(
            _("Should the forum publish it?"), Review.Recommendation.choices
        )

    def clean(self) -> dict[str, Any]:
        """When sending, name everything that is still open."""
        cleaned = super().clean() or self.cleaned_data
        if self.sending:
            for name in (*self.gate_names, *self.score_names, "opinion", "recommendation"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Still open: %(what)s") % self._called(name))
        return cleaned

    def _called(self, name: str) -> dict[str, Any]:
        return {"what": self.fields[name].label}

    @property
    def gate_names(self) -> list[str]:
        """The names of the gate's fields."""
        return [f"gate-{gate}" for gate in Gate]

    @property
    def score_names(self) -> list[str]:
        """The names of the scores' fields."""
        return [f"score-{criterion}" for criterion in Criterion]

    @property
    def gates(self) -> Iterator[BoundField]:
        """The fields of the gate, to be drawn."""
        return (self[name] for name in self.gate_names)

    @property
    def scores(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The fields of each score and of the words to it, to be drawn."""
        return ((self[f"score-{item}"], self[f"note-{item}"]) for item in Criterion)

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of a `Review`; only after the form was found valid."""
        data = self.cleaned_data
        scores = {
            str(item): {"value": data[f"score-{item}"], "comment": data[f"note-{item}"]}
            for item in Criterion
        }
        return {
            "gates": {str(gate): data[f"gate-{gate}"] for gate in Gate},
            "scores": scores,
            "remarks": self.remarks,
            "opinion": data["opinion"],
            "recommendation": data["recommendation"],
        }


def typed_in(review: Review | None) -> dict[str, Any]:
    """Give what a saved review looks like in the form."""
    if review is None:
        return {}
    typed: dict[str, Any] = {f"gate-{name}": value for name, value in review.gates.items()}
    for name, score in review.scores.items():
        typed |= {f"score-{name}": score["value"], f"note-{name}": score["comment"]}
    typed |= {f"about-{name}": text for name, text in review.remarks.items()}
    return typed | {"opinion": review.opinion, "recommendation": review.recommendation}


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
