"""The first form: for which administration, in which language, under which working title."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudyPage
from casestudies.models.fields import TITLE_LIMIT
from casestudies.permissions import WRITERS
from casestudies.states import CaseState, State, states_of
from casestudies.wizard.kinds import CountedField
from portal.core.languages import OWN_NAMES, Language, supported
from portal.directory.models import Administration
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from portal.directory.models import User

UNFINISHED = (State.DRAFT, State.RETURNED)


def places_of(user: "User") -> list[Administration]:
    """Give the administrations that a person may write for."""
    ids = [pk for role, pk in standing_of(user).by_administration if role in WRITERS]
    return sorted(Administration.objects.filter(pk__in=ids), key=lambda place: place.label)


@dataclass(frozen=True)
class Unfinished:
    """A draft that can be gone on with."""

    case: CaseStudyPage
    state: CaseState


def drafts_of(user: "User") -> list[Unfinished]:
    """Give the drafts and returned cases of a person's administrations, the latest first."""
    cases = list(
        CaseStudyPage.objects.filter(administration__in=places_of(user))
        .filter(live=False)
        .select_related("owner", "administration")
        .order_by("-latest_revision_created_at")
    )
    states = states_of(cases)
    return [
        Unfinished(case, states[case.pk]) for case in cases if states[case.pk].kind in UNFINISHED
    ]


class StartForm(forms.Form):
    """What must be known before a draft can exist."""

    administration = forms.ChoiceField(label=_("Administration"))
    language = forms.ChoiceField(
        label=_("Language you write in"), choices=[(code, OWN_NAMES[code]) for code in Language]
    )
    title = CountedField(
        label=_("Working title"),
        limit=TITLE_LIMIT,
        stored=255,
        error_messages={"required": _("Give it a title. You can change it later.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *,
        data: QueryDict | None,
        places: Sequence[Administration],
        typed: QueryDict | None = None,
    ) -> None:
        super().__init__(data=data, auto_id="id_%s")
        self.places = {str(place.pk): place for place in places}
        self.fields["administration"] = forms.ChoiceField(
            label=_("Administration"),
            choices=[(pk, place.label) for pk, place in self.places.items()],
        )
        self.initial = {"language": supported(get_language()), "key": uuid4()}
        if typed is not None:
            self.initial.update({name: typed[name] for name in typed if name in self.fields})

    def clean(self) -> dict[str, Any]:
        """Give the administration itself instead of its id."""
        cleaned = super().clean() or self.cleaned_data
        if "administration" in cleaned:
            cleaned["administration"] = self.places[cleaned["administration"]]
        return cleaned
