"""A case goes from its author to its reader, each role at work with keys alone or no scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override
from playwright.sync_api import Page

from casestudies.models import Criterion, Gate, Review
from casestudies.models.choices import Level
from casestudies.services.actions import CLEAR, PUBLISH, RETURN
from tests.browser.browsing import CURATOR, Windows, sign_in
from tests.browser.keyboard import Keyboard
from tests.browser.pointer import Pointer
from tests.browser.portal import Portal
from tests.browser.snapshot import Hands, write_snapshot


@dataclass(frozen=True)
class Way:
    """How everybody of one region works, and in which language they have the portal."""

    name: str
    hands: Callable[[Page], Hands]
    language: str
    member: str
    region: str
    scripts: bool = True


ARABIC = partial(Keyboard, walks=False)
WAYS = (
    Way("keyboard", Keyboard, "en", "jp", "asia-pacific"),
    Way("keyboard in Arabic", ARABIC, "ar", "jo", "north-africa-middle-east"),
    Way("no scripts", Pointer, "en", "ke", "east-southern-africa", scripts=False),
)
# The last two are told on PostgreSQL, too.
TOLD = [WAYS[0], *(pytest.param(way, marks=pytest.mark.journey) for way in WAYS[1:])]


class Office:
    """The people of one region at their own browsers."""

    def __init__(self, windows: Windows, way: Way) -> None:
        self.windows, self.way = windows, way
        self.title = f"Seals that report when they are opened: {way.name}"
        self._pages: dict[str, Page] = {}

    def at(self, role: str, address: str) -> Hands:
        """Let somebody open an address below the language."""
        if role not in self._pages:
            context = self.windows.fresh(scripts=self.way.scripts)
            sign_in(context.new_page(), self._mail(role))
            self._pages[role] = context.new_page()
        self._pages[role].goto(f"/{self.way.language}/{address}")
        return self.way.hands(self._pages[role]).walk()

    def text(self, role: str) -> str:
        """What the main part of somebody's page says."""
        return " ".join(self._pages[role].locator("main").inner_text().split())

    def close(self) -> None:
        """Close their browsers."""
        for page in self._pages.values():
            page.context.close()

    def _mail(self, role: str) -> str:
        if role == "curator":
            return CURATOR
        place = self.way.member if role in ("contributor", "contact") else self.way.region
        return f"{role}.{place}@demo.example"


@pytest.fixture(params=TOLD, ids=lambda way: way.name)
def office(request: pytest.FixtureRequest, windows: Windows) -> Iterator[Office]:
    """One region after the other, each with its way of working."""
    office = Office(windows, request.param)
    with override(office.way.language):
        yield office
    office.close()


def test_a_case_goes_through_every_hand_until_it_is_found(office: Office, portal: Portal) -> None:
    write(office)
    clear(office)
    ask_for_a_review(office)
    review(office)
    return_it(office)
    mend(office)
    clear(office)
    decide(office, PUBLISH.label)
    read(office, portal)
    look_it_up(office)


def write(office: Office) -> None:
    """The author writes a Snapshot and sends it."""
    hands = office.at("contributor", "share/")
    hands.pick("language", "English").write("title", office.title).press(_("Begin"))
    write_snapshot(hands)
    assert _("Nothing is missing.") in office.text("contributor")
    hands.walk().press(_("Preview")).walk()
    assert office.title in office.text("contributor")
    hands.page.go_back()
    hands.press(_("Send to your contact point"))


def clear(office: Office) -> None:
    """The contact point finds it in the queue and clears it."""
    office.at("contact", "review/").press(office.title).walk().press(str(CLEAR.label))


def ask_for_a_review(office: Office) -> None:
    """The coordinator asks the first whom the portal proposes."""
    hands = office.at("coordinator", "review/").press(office.title).walk()
    hands.press(_("Ask reviewers")).walk()
    button = hands.page.locator("main button[name=reviewer]").first
    hands.press(" ".join((button.text_content() or "").split()))
    assert _("Nobody yet.") not in office.text("coordinator")


def review(office: Office) -> None:
    """The reviewer says to have no conflict of interest, judges, and sends the review."""
    hands = office.at("reviewer", "review/").press(office.title).walk()
    hands.tick(name="no_conflict").press(_("Accept")).walk()
    for gate in Gate:
        hands.pick(f"gate-{gate}", _("Yes"))
    for criterion in Criterion:
        hands.pick(f"score-{criterion}", "4")
    hands.write("opinion", "Others can do the same with what they have.")
    hands.pick("recommendation", str(Review.Recommendation.YES.label))
    hands.press(_("Send the review"))


def decide(office: Office, words: object, reasons: str = "") -> None:
    """The coordinator decides."""
    hands = office.at("coordinator", "review/").press(office.title).walk()
    if reasons:
        hands.write("reasons", reasons)
    hands.press(str(words))


def return_it(office: Office) -> None:
    """The coordinator has a question first."""
    decide(office, RETURN.label, "Say who answers at night.")


def mend(office: Office) -> None:
    """The author finds the reasons in the workspace, mends the text and sends it again."""
    hands = office.at("contributor", "workspace/").press(office.title).walk()
    assert "Say who answers at night." in office.text("contributor")
    number = hands.page.url.rstrip("/").split("/")[-1]
    hands = office.at("contributor", f"share/{number}/lessons/")
    hands.write("lessons", "The transit desk answers the seals at night.")
    hands.press(_("Save and continue"))
    hands = office.at("contributor", f"share/{number}/check/")
    hands.press(_("Send to your contact point"))


def read(office: Office, portal: Portal) -> None:
    """Anybody finds it, and sees how far it can be trusted."""
    query = f"q=seals+report&region={office.way.region}"
    case = portal.found(office.title, query)
    page = office.windows.fresh(scripts=office.way.scripts).new_page()
    hands = office.way.hands(page)
    page.goto(f"/{office.way.language}/search/?{query}")
    hands.press(office.title).walk()
    assert str(Level.VALIDATED.label) in page.locator("main").inner_text()
    assert "The transit desk answers the seals at night." in page.locator("main").inner_text()
    assert str(case["id"]) in page.locator("main").inner_text()
    page.context.close()


def look_it_up(office: Office) -> None:
    """The curator reads who did what with it, and why."""
    hands = office.at("curator", "workspace/record/")
    hands.write("about", office.title).press(_("Show"))
    assert "Say who answers at night." in office.text("curator")
