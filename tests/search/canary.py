"""Planted words: what holds them, how it is withdrawn, and who looks for them where."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyPage, CollectionItem, Translation
from casestudies.services.lifecycle import withdraw_case
from portal.directory.models import User
from search.models import SearchLogEntry
from tests.factories.cases import (
    administration_page,
    make_case,
    make_collection,
    make_topic,
    make_translation,
)
from tests.factories.directory import make_administration, make_user

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A page that is not there, not for this reader, or a file that cannot be whole just now.
NOTHING = {302, 403, 404, 503}


@dataclass(frozen=True)
class Canary:
    """A case with a word that must not be seen any more, and a neighbour about the same.

    Nobody asks for the word that is watched: an answer that holds it has not only echoed it.
    """

    watched: str
    asked: str
    pk: int
    number: str
    topic: str
    neighbour: str
    collection: int
    # Only a text of it is withdrawn: the case is still there for everybody.
    text_only: bool

    @property
    def case(self) -> CaseStudyPage:
        """The case as it is now."""
        return CaseStudyPage.objects.get(pk=self.pk)

    def is_in(self, shown: str) -> bool:
        """Say whether something that is shown tells of it."""
        signs = (self.watched,) if self.text_only else (self.watched, self.number.lower())
        return any(sign in shown.lower() for sign in signs)


class Reader:
    """Somebody who looks everywhere; an address is asked for once until time has passed."""

    def __init__(self, user: User | None = None) -> None:
        self.is_officer = user is not None
        self._client = Client()
        self._seen: dict[str, str] = {}
        if user:
            self._client.force_login(user)

    def let_time_pass(self) -> None:
        """Forget every answer, and how often was asked."""
        cache.clear()
        self._seen.clear()

    def get(self, address: str) -> str:
        """Give what stands at an address; nothing where there is nothing for this reader."""
        if address not in self._seen:
            self._seen[address] = self._ask(address)
        return self._seen[address]

    def _ask(self, address: str) -> str:
        answer = self._client.get(address)
        if answer.status_code in NOTHING:
            return ""
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if answer["Content-Type"] == XLSX:
            sheet = load_workbook(io.BytesIO(answer.content)).active
            return str(list(sheet.iter_rows(values_only=True)))
        return answer.content.decode()

    def get_json(self, address: str) -> Any:
        """Give what stands at an address of the API."""
        return json.loads(self.get(address))


def _unpublish(canary: Canary) -> None:
    withdraw_case(case=canary.case, by=make_user("superuser"), reason="Out of date.")


def _show_to(visibility: str) -> Callable[[Canary], None]:
    def narrow(canary: Canary) -> None:
        case = canary.case
        case.visibility = visibility
        case.save_revision().publish(skip_permission_checks=True)

    return narrow


def _restrict_its_administration(canary: Canary) -> None:
    above = canary.case.get_parent()
    PageViewRestriction.objects.create(page=above, restriction_type="login")


def _restrict_its_region(canary: Canary) -> None:
    above = canary.case.get_parent().get_parent()
    PageViewRestriction.objects.create(page=above, restriction_type="login")


def _unpublish_its_administration(canary: Canary) -> None:
    canary.case.get_parent().specific.unpublish()


def _move_below_a_closed_page(canary: Canary) -> None:
    target = administration_page(make_administration("closed-house"))
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    canary.case.move(target, pos="last-child")


def _delete(canary: Canary) -> None:
    canary.case.delete()


def _withdraw_translation(canary: Canary) -> None:
    Translation.objects.get(case=canary.pk).delete()


def _edit_out(canary: Canary) -> None:
    case = canary.case
    case.title, case.summary = "Something else", "Another text."
    case.save_revision().publish(skip_permission_checks=True)


WAYS: dict[str, Callable[[Canary], None]] = {
    "withdrawn": _unpublish,
    "for Members": _show_to("members"),
    "for its region": _show_to("region"),
    "administration restricted": _restrict_its_administration,
    "administration unpublished": _unpublish_its_administration,
    "region restricted": _restrict_its_region,
    "moved below a closed page": _move_below_a_closed_page,
    "deleted": _delete,
    "translation withdrawn": _withdraw_translation,
    "edited out": _edit_out,
}
# In the title of every planted case, and nowhere else.
SHARED = "canarium"
TEXT_ONLY = {"translation withdrawn", "edited out"}
# The word that is watched, and the one that is asked for: nobody else's, unlike each other.
WORDS = {
    "withdrawn": ("zorbanite", "gleamster"),
    "for Members": ("quillipop", "brindlet"),
    "for its region": ("vermacule", "corvashe"),
    "administration restricted": ("jaspidor", "dapplewick"),
    "administration unpublished": ("thrumbeck", "sallowmint"),
    "region restricted": ("mirkwaddle", "pelloquin"),
    "moved below a closed page": ("yonderflax", "bluntaway"),
    "deleted": ("wimbleroot", "hushabeam"),
    "translation withdrawn": ("fendragoon", "ivorette"),
    "edited out": ("oxilatte", "lumpkarn"),
}


def plant(way: str) -> Canary:
    """Make a public case whose words are nobody else's, to be withdrawn in one way."""
    (watched, asked), number = WORDS[way], list(WORDS).index(way)
    title, summary = f"{watched.capitalize()} {asked} {SHARED}", f"The {asked} of {watched}."
    region = "americas-caribbean" if way == "region restricted" else "europe"
    place = make_administration(f"office-{number}", region=region)
    shared = {"topics": [make_topic(f"subject-{number}")], "language": "en"}
    if way == "translation withdrawn":
        case = make_case(f"Plain {SHARED}", administration=place, **shared)
        make_translation(case, "fr", title=title, summary=summary)
    else:
        case = make_case(f"Planted {number}", administration=place, summary=summary, **shared)
        # Its address goes without the word, as an address outlives what is edited out.
        case.title = title
        case.save()
    beside = make_case("Beside it", administration=make_administration("malta"), **shared)
    collection = make_collection("Collected", cases=[beside, case])
    CollectionItem.objects.filter(collection=collection).update(comment="Chosen.")
    SearchLogEntry.objects.create(words=watched, language="fr", count=0)
    return Canary(
        watched=watched,
        asked=asked,
        pk=case.pk,
        number=str(case.number),
        topic=f"subject-{number}",
        neighbour=str(beside.number),
        collection=collection.pk,
        text_only=way in TEXT_ONLY,
    )
