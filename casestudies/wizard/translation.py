"""The form of a translation: one input for each text of the original, with what helps beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casestudies.glossary import Glossary, Pair
from casestudies.models import CaseStudyPage
from casestudies.translating import LIMITS, Moved, Side, label_of_text
from casestudies.wizard.kinds import CountedField

LONG = 200
CHARACTERS_A_ROW = 60


@dataclass(frozen=True)
class Row:
    """One text beside its original: what changed there, its terms, what a colleague saved."""

    field: BoundField
    name: str
    label: str
    original: str
    limit: int
    moved: Moved | None
    terms: list[Pair]
    theirs: str


class TranslationForm(forms.Form):
    """All texts of a case in one other language; nothing is required to be saved."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    source = forms.IntegerField(widget=forms.HiddenInput)
    follows = forms.BooleanField(
        label=_("The translation says now what the original says now"),
        required=False,
    )

    def __init__(
        self,
        case: CaseStudyPage,
        side: Side,
        data: QueryDict | None = None,
        typed: QueryDict | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> None:
        """Show the present texts, judge `data`, or show `typed` without judging it yet."""
        super().__init__(data=data, auto_id="id_%s")
        self.case, self.side, self.theirs = case, side, theirs or {}
        texts = side.present.texts if side.present else {}
        for name, text in side.original.texts.items():
            self.fields[name] = _field(name, text, label_of_text(case, name))
            self.initial[name] = typed.get(name, "") if typed else texts.get(name, "")
        self.initial["seen"] = side.draft.token if side.draft else ""
        self.initial["source"] = side.original.revision.pk
        if not side.moved:
            del self.fields["follows"]

    @property
    def texts(self) -> dict[str, str]:
        """What was translated, by the name of the text."""
        return {name: self.cleaned_data.get(name, "") for name in self.side.original.texts}

    @property
    def source_id(self) -> int:
        """The revision that the texts follow: an older one until somebody says they caught up."""
        shown: int = self.cleaned_data["source"]
        present = self.side.present
        if "follows" not in self.fields or self.cleaned_data["follows"] or present is None:
            return shown
        return present.source_revision_id or shown

    @property
    def rows(self) -> Iterator[Row]:
        """The texts in the order of the case."""
        original = self.side.original
        glossary = Glossary(original.language, self.side.language)
        moved = {one.name: one for one in self.side.moved}
        for name, text in original.texts.items():
            field = self[name]
            theirs = self.theirs.get(name, "")
            yield Row(
                field,
                name,
                str(field.label),
                text,
                LIMITS[name],
                moved.get(name),
                glossary.terms_in(text),
                theirs if theirs != field.value() else "",
            )


def _field(name: str, original: str, label: str) -> CountedField:
    long = LIMITS[name] > LONG
    rows = min(20, 3 + len(original) // CHARACTERS_A_ROW)
    widget = forms.Textarea(attrs={"rows": rows}) if long else forms.TextInput()
    return CountedField(limit=LIMITS[name], label=label, required=False, widget=widget)
