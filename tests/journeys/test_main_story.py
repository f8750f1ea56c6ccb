"""The whole story through the portal's own pages, without JavaScript: written, found, withdrawn."""

import json
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client

from casestudies.models import CaseStudyPage, Term, Topic
from portal.directory.models import Administration, Role, User
from search.worker import drain
from tests.factories.directory import make_user
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("engine")
WORD = "quayside"
FILTERS = {
    "region": "europe",
    "administration": "malta",
    "topic": "temporary-admission",
    "stage": "operation",
    "language": "en",
    "building_block": "integrity",
    "innovation_type": "process",
    "kind": "case",
}


@dataclass
class People:
    """Everybody who takes part."""

    author: User
    contact: User
    coordinator: User
    stranger: User


@pytest.fixture
def people(portal: None) -> People:
    malta, france = (Administration.objects.get(iso2=code) for code in ("MT", "FR"))
    return People(
        make_user(Role.CONTRIBUTOR, administration=malta, language="en"),
        make_user(Role.CONTACT_POINT, administration=malta, language="fr"),
        make_user(Role.COORDINATOR, region=malta.region, language="ar"),
        make_user(Role.CONTACT_POINT, administration=france),
    )


def write_snapshot(visitor: Visitor) -> CaseStudyPage:
    """Answer every question of a Snapshot, screen by screen, and send it."""
    visitor.open("/en/share/")
    visitor.fill_in(title=f"Lists from the {WORD}", language="en").press("Begin")
    visitor.fill_in(summary="Yachts stayed too long. Marinas told us. The list is new.")
    visitor.press("Save and continue")
    visitor.fill_in(
        topics__0=Topic.objects.get(slug="temporary-admission").pk,
        building_blocks=[Term.objects.get(vocabulary="building_block", slug="integrity").pk],
        innovation_types=[Term.objects.get(vocabulary="innovation_type", slug="process").pk],
    ).press("Save and continue")
    visitor.fill_in(stage="operation", year=2019).press("Save and continue")
    visitor.fill_in(problem="Nobody knew who had sailed.", solution="We asked the marinas.")
    visitor.press("Save and continue")
    visitor.fill_in(results__0__indicator="Overstays", results__0__before=40, results__0__after=9)
    visitor.fill_in(outcomes="Fewer overstays.").press("Save and continue")
    visitor.fill_in(lessons="Ask those who see the boats.").press("Save and continue")
    visitor.fill_in(owner_unit="Yachting desk", owner_mailbox="yachts@customs.example")
    visitor.press("Save and continue").press("Save and continue")
    visitor.fill_in(cleared=True, no_sensitive_detail=True).press("Save and continue")
    assert "Nothing is missing" in visitor.text
    visitor.press("Send to your contact point")
    return CaseStudyPage.objects.get()


def found(query: str = f"q={WORD}", user: User | None = None) -> dict:
    """Ask the read API."""
    client = Client()
    if user:
        client.force_login(user)
    return json.loads(client.get(f"/api/v1/search?{query}").content)


def counts(answer: dict) -> dict[str, int]:
    """Give the count of each value that the story's case has, by facet."""
    return {
        name: next((row["count"] for row in answer["facets"][name] if row["value"] == value), 0)
        for name, value in FILTERS.items()
    }


def decide(person: User, case: CaseStudyPage, words: str, reasons: str = "") -> Visitor:
    """Open the queue, the case, and press the button."""
    return go_and_decide(Visitor(person), case, words, reasons)


def go_and_decide(visitor: Visitor, case: CaseStudyPage, words: str, reasons: str = "") -> Visitor:
    """The same by somebody who is there."""
    visitor.open("/en/review/")
    assert f"/en/review/{case.pk}/" in visitor.links().values()
    visitor.open(f"/en/review/{case.pk}/")
    return visitor.fill_in(reasons=reasons).press(words) if reasons else visitor.press(words)


def test_from_the_first_word_to_the_withdrawal(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        case = write_snapshot(Visitor(people.author))
    assert mail.outbox[-1].to == [people.contact.email]
    assert "/fr/" in mail.outbox[-1].body
    drain()
    assert found()["total"] == 0
    assert Visitor(people.stranger).open(f"/en/review/{case.pk}/").status == 404

    with django_capture_on_commit_callbacks(execute=True):
        decide(people.contact, case, "Clear for the region")
    assert people.coordinator.email in {to for letter in mail.outbox for to in letter.to}
    drain()
    assert found()["total"] == 0

    decide(people.coordinator, case, "Publish on the forum")
    assert "Published" in Visitor(people.author).open("/en/workspace/").text
    drain()
    answer = found()
    assert [hit["id"] for hit in answer["results"]] == [case.number]
    assert counts(answer) == dict.fromkeys(FILTERS, 1)
    for name, value in FILTERS.items():
        assert found(f"{name}={value}")["total"] == 1, name
    assert found("year_from=2019&year_to=2019")["total"] == 1
    assert found("year_from=2020")["total"] == 0
    assert f"Lists from the {WORD}" in Visitor().open(f"/en/search/?q={WORD}").text
    assert Visitor().open(f"/ar/cases/{case.number}/").status == 200

    case.refresh_from_db()
    page = Visitor(people.coordinator).open(f"/en/review/{case.pk}/")
    page.fill_in(reason="The marina asked us.").press("Withdraw this case")
    assert_gone(case)
    drain()
    assert_gone(case)


def assert_gone(case: CaseStudyPage) -> None:
    """Nobody finds the case any more: no hit, no count, no value of a facet, no page."""
    for query in (f"q={WORD}", "", "region=europe"):
        answer = found(query)
        assert answer["total"] == 0, query
        assert set(counts(answer).values()) == {0}, query
    assert WORD not in Visitor().open(f"/en/search/?q={quote('yachts')}").text
    assert Visitor().open(f"/en/cases/{case.number}/").status == 410


def test_returned_case_comes_back_better(people):
    case = write_snapshot(Visitor(people.author))
    decide(people.contact, case, "Clear for the region")
    decide(people.coordinator, case, "Return with reasons", "Say who pays for the lists.")
    assert "Say who pays" in Visitor(people.author).open(f"/en/workspace/{case.number}/").text
    visitor = Visitor(people.author).open(f"/en/share/{case.number}/story/")
    visitor.fill_in(solution="We asked the marinas, and we pay.").press("Save and continue")
    visitor.open(f"/en/share/{case.number}/check/").press("Send to your contact point")
    decide(people.contact, case, "Clear for the region")
    decide(people.coordinator, case, "Publish on the forum")
    drain()
    assert found()["total"] == 1


def test_declined_case_never_appears(people):
    case = write_snapshot(Visitor(people.author))
    decide(people.contact, case, "Clear for the region")
    decide(people.coordinator, case, "Decline with reasons", "This is not about Customs.")
    drain()
    assert found()["total"] == 0
    assert "not about Customs" in Visitor(people.author).open(f"/en/workspace/{case.number}/").text
    visitor = Visitor(people.author).open(f"/en/share/{case.number}/check/")
    assert "Send to your contact point" not in visitor.text


def test_direct_posting_goes_straight_to_the_region(people):
    Administration.objects.filter(iso2="MT").update(clearance_required=False)
    visitor = Visitor(people.author)
    with pytest.raises(KeyError, match="Send to your contact point"):
        write_snapshot(Visitor(people.author))
    case = CaseStudyPage.objects.get()
    visitor.open(f"/en/share/{case.number}/check/").press("Send to the regional coordinator")
    decide(people.coordinator, case, "Publish on the forum")
    drain()
    assert found()["total"] == 1
