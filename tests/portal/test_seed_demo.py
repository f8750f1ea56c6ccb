"""The demonstration content: what the first start brings, and that a second adds nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from wagtail.models import Revision

from casestudies.authorship import authors_of
from casestudies.models import (
    CaseStudyPage,
    CaseVersion,
    CollectionPage,
    Decision,
    ReviewAssignment,
)
from casestudies.states import State, states_of
from portal.directory.models import Membership, Role, User
from portal.home.demo_accounts import make_demo_accounts

pytestmark = pytest.mark.slow
DEMO = Path(settings.BASE_DIR) / "portal" / "home" / "demo"
PASSWORD = "a password for showing"


def seed() -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def lines(pattern: str) -> list[dict[str, Any]]:
    files = sorted(DEMO.glob(pattern))
    return [json.loads(text) for path in files for text in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def printed(standing: None) -> Iterator[str]:
    """What the first run printed; the portal stays seeded for all tests here, then is emptied."""
    with override_settings(DEMO_PASSWORD=PASSWORD):
        yield seed()


@pytest.fixture(autouse=True)
def seeded(printed: str, db: None) -> None:
    """Every test here looks at the seeded portal and leaves it as it was."""


def test_every_case_is_published_with_its_number_and_version() -> None:
    written = lines("cases-*.jsonl")
    cases = CaseStudyPage.objects.live()
    assert {case.external_id for case in cases} == {row["external_id"] for row in written}
    assert all(case.number and case.is_illustration and case.review_by for case in cases)
    assert CaseVersion.objects.filter(page__live=True).count() == len(written)


def test_the_content_is_as_broad_as_it_should_be() -> None:
    cases = list(CaseStudyPage.objects.live().select_related("administration__region"))
    assert len(cases) >= 36
    assert len({case.administration for case in cases}) >= 25
    assert len({case.administration.region for case in cases}) == 6
    languages = Counter(case.language for case in cases)
    assert all(languages[code] >= 3 for code in ("fr", "es", "ar", "ru", "pt"))
    assert any(case.stage == "discontinued" for case in cases)


def test_drafts_stand_where_their_lines_say() -> None:
    wanted = {row["external_id"]: row["demo_state"] for row in lines("drafts-*.jsonl")}
    cases = CaseStudyPage.objects.filter(external_id__in=wanted)
    states = states_of(cases)
    assert {case.external_id: states[case.pk].kind.value for case in cases} == wanted
    assert set(wanted.values()) == set(State.values) - {State.PUBLISHED}
    assert not any(case.live for case in cases)


def test_an_officer_wrote_each_draft_and_others_decided() -> None:
    for row in lines("drafts-*.jsonl"):
        case = CaseStudyPage.objects.get(external_id=row["external_id"])
        author = User.objects.get(email=f"contributor.{row['administration'].lower()}@demo.example")
        assert case.owner == author
        published = bool(case.first_published_at)
        assert authors_of(case) == (frozenset() if published else {author.pk})
        decided = list(Decision.objects.filter(case=case))
        assert author not in [decision.decided_by for decision in decided]
        if row["demo_state"] in (State.RETURNED, State.DECLINED):
            assert decided[-1].reasons == row["demo_reason"].strip()
            assert decided[-1].remarks == row.get("demo_remarks", {})


def test_cases_in_review_and_returned_ones_have_reviews() -> None:
    wanted = json.loads((DEMO / "reviews.json").read_text())["requests"]
    states = {"asked": "invited", "draft": "accepted", "send": "submitted"}
    found = ReviewAssignment.objects.values_list(
        "case__external_id", "reviewer__email", "state", "review__opinion"
    )
    assert sorted((case, email, state) for case, email, state, _words in found) == sorted(
        (row["external_id"], row["reviewer"], states[row["answer"]]) for row in wanted
    )
    assert all(words for _case, _email, state, words in found if state == "submitted")


def test_collections_are_published_in_their_order() -> None:
    rows = [row for path in DEMO.glob("collections-*.json") for row in json.loads(path.read_text())]
    for row in rows:
        page = CollectionPage.objects.live().get(slug=row["slug"])
        assert [item.case.external_id for item in page.items.all()] == [
            item["external_id"] for item in row["items"]
        ]
        assert page.get_parent().specific.region.slug == row["region"]


def test_everybody_can_sign_in_and_has_the_role_of_the_address(printed: str) -> None:
    for code in ("MT", "FR", "BR", "MA", "KE", "SN", "JP"):
        for name, role in (("contributor", "contributor"), ("contact", "contact_point")):
            person = User.objects.get(email=f"{name}.{code.lower()}@demo.example")
            assert Membership.objects.filter(
                person=person, role=role, administration__iso2=code
            ).exists()
    for role in (Role.REVIEWER, Role.COORDINATOR):
        assert Membership.objects.filter(role=role).values("region").distinct().count() == 6
    for name in ("curator", "reader", "admin"):
        assert f"{name}@demo.example" in printed
    people = User.objects.filter(email__endswith="@demo.example")
    verified = EmailAddress.objects.filter(user__in=people, verified=True, primary=True)
    assert verified.count() == people.count()
    assert authenticate(None, username="admin@demo.example", password=PASSWORD).is_superuser
    assert PASSWORD in printed


def test_a_second_run_adds_nothing_and_keeps_what_visitors_changed() -> None:
    case = CaseStudyPage.objects.live().first()
    case.title = "A visitor's words"
    case.save_revision().publish(skip_permission_checks=True)
    models = (CaseStudyPage, Revision, CaseVersion, CollectionPage, Decision, User, Membership)
    before = [model.objects.count() for model in models]
    with override_settings(DEMO_PASSWORD=PASSWORD):
        out = seed()
    assert [model.objects.count() for model in models] == before
    assert out.count(": 0 new") == 5
    case.refresh_from_db()
    assert case.title == "A visitor's words"


def test_another_password_lets_everybody_in_again() -> None:
    assert make_demo_accounts(password="another one for showing") == 0
    assert authenticate(None, username="curator@demo.example", password="another one for showing")
    assert not authenticate(None, username="curator@demo.example", password=PASSWORD)


def test_a_password_that_nobody_named_is_made_once_and_kept_private(tmp_path: Path) -> None:
    with override_settings(DEMO_PASSWORD="", DATA_DIR=tmp_path):
        first, second = seed(), seed()
    kept = tmp_path / "demo-password"
    assert kept.read_text() in first
    assert kept.read_text() in second
    assert kept.stat().st_mode & 0o777 == 0o600


@override_settings(DEMO_ALLOWED=False)
@pytest.mark.parametrize("command", ["seed_demo", "run_portal"])
def test_production_refuses(command: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command(command)
    assert refused.value.returncode == 2
