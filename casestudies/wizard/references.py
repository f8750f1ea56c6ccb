"""Kinds of input that point at another record: a Member or another case."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.models import CaseStudyPage
from casestudies.permissions import may_read
from casestudies.wizard.kinds import Asker, OneField, Words
from casestudies.wizard.rows import Row, Rows
from portal.directory.models import Administration

UNKNOWN_CASE = gettext_lazy("There is no case with this number that you may read.")


@dataclass(frozen=True)
class Member(OneField):
    """One of the administrations."""

    def field(self) -> forms.Field:
        """Give a list box of all Members in the reader's language."""
        labels = [(item.pk, item.label) for item in Administration.objects.all()]
        labels.sort(key=lambda item: item[1].casefold())
        return forms.TypedChoiceField(
            required=False, choices=[("", "—"), *labels], coerce=int, empty_value=None
        )

    def show(self, answer: Any) -> str:
        """Give the Member's name."""
        found = Administration.objects.filter(pk=answer).first()
        return found.label if found else ""


class CaseNumberField(forms.CharField):
    """A case number, turned into the id of the case."""

    def clean(self, value: Any) -> int | None:
        """Give the id of the case with this number."""
        number = str(value or "").strip().upper()
        if not number:
            return None
        found = CaseStudyPage.objects.filter(number=number).values_list("pk", flat=True).first()
        if found is None:
            raise ValidationError(UNKNOWN_CASE)
        return found


@dataclass(frozen=True)
class CaseByNumber(OneField):
    """Another case, named by its number."""

    def field(self) -> forms.Field:
        """Give an input for the number."""
        attrs = {"dir": "ltr", "placeholder": "CS-2026-000123"}
        return CaseNumberField(required=False, max_length=16, widget=forms.TextInput(attrs))

    def initial(self, name: str, answer: Any) -> dict[str, Any]:
        """Give the number of the case."""
        found = CaseStudyPage.objects.filter(pk=answer).values_list("number", flat=True).first()
        return {name: found or ""}

    def show(self, answer: Any) -> str:
        """Give the number of the case."""
        return str(self.initial("", answer)[""])


@dataclass(frozen=True)
class RelatedCases(Rows):
    """Relations to other cases, of which the author must be able to read every one."""

    def problems(self, row: Row, asker: Asker) -> dict[str, Words]:
        """Refuse the case itself and, in the same words as a wrong number, what is hidden."""
        found = super().problems(row, asker)
        if not row["target"]:
            return found
        if row["target"] == asker.case.pk:
            return {**found, "target": _("This is the number of this case itself.")}
        target = CaseStudyPage.objects.select_related("administration").get(pk=row["target"])
        return found if may_read(asker.author, target) else {**found, "target": UNKNOWN_CASE}
