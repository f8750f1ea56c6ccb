"""The review's pages: who sees what waits, what a decision does, and what bad input gets."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import CaseStudyPage, RelatedCase
from casestudies.services.actions import token_of
from casestudies.states import State, state_of
from portal.directory.models import User
from tests.factories.review import World, act, bring_to, edit, fresh, make_draft, send


@pytest.fixture
def sign_in(client: Client) -> "SignIn":
    return SignIn(client)


class SignIn:
    """Gives the test client signed in as one person."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, person: User) -> Client:
        self.client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return self.client


def address(case: CaseStudyPage, name: str = "review_case") -> str:
    return reverse(f"casestudies:{name}", args=[case.pk])


def decision(case: CaseStudyPage, action: str, reasons: str = "") -> dict[str, str]:
    return {"action": action, "seen": token_of(fresh(case).latest_revision), "reasons": reasons}


def test_the_queue_shows_each_holder_what_waits_for_them(world: World, sign_in: SignIn) -> None:
    waiting = bring_to(world, State.CLEARANCE, title="Waits at clearance")
    decided = bring_to(world, State.DECISION, title="Waits at decision")
    shown = {}
    for name in ("contact", "coordinator", "curator", "author", "other_contact"):
        page = sign_in(world[name]).get("/en/review/").content.decode()
        shown[name] = [case.title for case in (waiting, decided) if case.title in page]
    assert shown == {
        "contact": ["Waits at clearance"],
        "coordinator": ["Waits at decision"],
        "curator": ["Waits at decision"],
        "author": [],
        "other_contact": [],
    }


def test_the_queue_asks_the_database_as_often_for_many_cases_as_for_two(
    world: World, sign_in: SignIn
) -> None:
    client, counts = sign_in(world["coordinator"]), {}
    mine = bring_to(world, State.DECISION)
    edit(mine, world["coordinator"], summary="A coordinator's own words.")
    for number in (2, 8):
        while CaseStudyPage.objects.count() < number:
            bring_to(world, State.DECISION)
        client.get("/en/review/")
        with CaptureQueriesContext(connection) as statements:
            page = client.get("/en/review/").content.decode()
        counts[number] = len(statements)
        assert page.count("Read and decide") == number
        assert page.count("You wrote in it") == 1
    assert counts[2] == counts[8]


def test_the_pages_of_the_review_ask_to_sign_in(world: World, client: Client) -> None:
    case = bring_to(world, State.CLEARANCE)
    for path in ("/en/review/", address(case)):
        response = client.get(path)
        assert (response.status_code, "login" in response.url) == (302, True)


def test_a_contact_point_clears_and_a_coordinator_publishes_in_the_portal(
    world: World, sign_in: SignIn
) -> None:
    case = bring_to(world, State.CLEARANCE)
    response = sign_in(world["contact"]).post(address(case, "review_act"), decision(case, "clear"))
    assert response.status_code == 302
    assert state_of(fresh(case)).kind == State.DECISION
    sign_in(world["coordinator"]).post(address(case, "review_act"), decision(case, "publish"))
    assert fresh(case).live


def test_the_case_page_shows_text_history_and_only_the_actions_one_may_take(
    world: World, sign_in: SignIn
) -> None:
    case = bring_to(world, State.DECISION, summary="Forty minutes saved.")
    page = sign_in(world["coordinator"]).get(address(case)).content.decode()
    assert "Forty minutes saved." in page
    assert "Cleared for the region" in page
    assert 'value="publish"' in page
    seen_by_author = sign_in(world["author"]).get(address(case)).content.decode()
    assert 'name="action"' not in seen_by_author


def test_returning_without_reasons_says_so_and_changes_nothing(
    world: World, sign_in: SignIn
) -> None:
    case = bring_to(world, State.DECISION)
    response = sign_in(world["coordinator"]).post(
        address(case, "review_act"), decision(case, "return", "   ")
    )
    assert response.status_code == 422
    assert b"Give your reasons." in response.content
    assert state_of(fresh(case)).kind == State.DECISION


def test_a_decision_on_a_text_that_moved_on_is_refused_and_what_was_typed_stays(
    world: World, sign_in: SignIn
) -> None:
    case = bring_to(world, State.DECISION)
    answers = decision(case, "publish", "A fine account.")
    edit(case, world["coordinator2"], summary="Changed meanwhile.")
    response = sign_in(world["coordinator"]).post(address(case, "review_act"), answers)
    assert response.status_code == 409
    assert b"A fine account." in response.content
    assert b"Changed meanwhile." in response.content
    assert not fresh(case).live


def test_pressing_the_button_twice_decides_once(world: World, sign_in: SignIn) -> None:
    case = bring_to(world, State.DECISION)
    answers = decision(case, "publish")
    client = sign_in(world["coordinator"])
    first = client.post(address(case, "review_act"), answers)
    second = client.post(address(case, "review_act"), answers)
    assert (first.status_code, second.status_code) == (302, 409)
    assert fresh(case).decisions.filter(kind="published").count() == 1


@pytest.mark.parametrize("action", ["approve", "reject", "", "clear' OR 1=1"])
def test_an_unknown_action_does_not_exist(world: World, sign_in: SignIn, action: str) -> None:
    case = bring_to(world, State.DECISION)
    response = sign_in(world["coordinator"]).post(
        address(case, "review_act"), decision(case, action, "x")
    )
    assert response.status_code == 404
    assert state_of(fresh(case)).kind == State.DECISION


def test_withdrawing_and_restoring_in_the_portal(world: World, sign_in: SignIn) -> None:
    case = bring_to(world, State.PUBLISHED)
    sign_in(world["contact"]).post(address(case, "review_withdraw"), {"reason": "Out of date"})
    assert state_of(fresh(case)).kind == State.WITHDRAWN
    refused = sign_in(world["contact"]).post(address(case, "review_restore"))
    assert refused.status_code == 403
    sign_in(world["coordinator"]).post(address(case, "review_restore"))
    assert fresh(case).live


def test_a_new_version_marks_the_texts_that_differ(world: World, sign_in: SignIn) -> None:
    case = bring_to(world, State.PUBLISHED, problem="Queues.")
    edit(case, world["author"], summary="Something new.")
    send(world, case)
    act(case, world["contact"], "clear")
    response = sign_in(world["coordinator"]).get(address(case))
    changed = [item.text for item, _words in response.context["passages"] if item.changed]
    assert changed == ["Something new."]


def test_who_judges_sees_the_evaluation_and_the_contact_person(
    world: World, sign_in: SignIn
) -> None:
    case = bring_to(
        world,
        State.DECISION,
        evaluation="https://audit.example/report",
        contact_name="Rose Camilleri",
        contact_email="rose@customs.example",
    )
    page = BeautifulSoup(sign_in(world["coordinator"]).get(address(case)).content, "html.parser")
    link = page.select_one('a[href="https://audit.example/report"]')
    assert link is not None
    assert "noopener" in link["rel"]
    facts = page.select_one(".c-facts").get_text(" ")
    assert "Rose Camilleri" in facts
    assert "rose@customs.example" in facts
    # Nobody but those who may see the draft gets that far.
    for stranger in ("other_contributor", "foreign_coordinator", "reader"):
        assert sign_in(world[stranger]).get(address(case)).status_code == 404


def test_who_judges_sees_those_related_cases_that_they_may_read(
    world: World, sign_in: SignIn
) -> None:
    public = bring_to(world, State.PUBLISHED, title="On the forum")
    sent = bring_to(world, State.CLEARANCE, title="Also in review")
    hidden = make_draft(world, title="Not sent to anybody")
    draft = make_draft(world).get_latest_revision_as_object()
    draft.related_cases = [
        RelatedCase(kind="builds_on", target=target, sort_order=place)
        for place, target in enumerate((hidden, public, sent))
    ]
    draft.save_revision(user=world["author"])
    case = send(world, fresh(draft))
    shown = {}
    for name in ("coordinator", "contact"):
        response = sign_in(world[name]).get(address(case))
        shown[name] = [(row.title, row.url) for row in response.context["relations"]]
        assert all(row.title in response.content.decode() for row in response.context["relations"])
    assert shown["coordinator"] == [("On the forum", public.url), ("Also in review", address(sent))]
    assert shown["contact"] == [("Not sent to anybody", address(hidden)), *shown["coordinator"]]
    assert b"Not sent" not in sign_in(world["coordinator"]).get(address(case)).content


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar", "ru", "pt"])
def test_the_pages_stand_in_every_language(world: World, sign_in: SignIn, code: str) -> None:
    case = bring_to(world, State.CLEARANCE)
    client = sign_in(world["contact"])
    for path in (f"/{code}/review/", f"/{code}/review/{case.pk}/"):
        response = client.get(path)
        assert response.status_code == 200
        assert f'<html lang="{code}"' in response.content.decode()


def test_markup_in_a_draft_is_shown_as_text(world: World, sign_in: SignIn) -> None:
    case = bring_to(
        world, State.CLEARANCE, title="<script>alert(1)</script>", summary="<img src=x onerror=1>"
    )
    page = sign_in(world["contact"]).get(address(case)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
