"""The reviewer's and the coordinator's pages: what is asked, written, sent, read and by whom."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from casestudies.models import CaseStudyPage, Review, ReviewAssignment
from casestudies.states import State
from tests.factories.cases import make_topic
from tests.factories.review import (
    World,
    act,
    assign,
    bring_to,
    edit,
    invite,
    review_answers,
    reviewed,
    send,
)
from tests.support.visitor import signed_in


def asked_url(assignment: ReviewAssignment, name: str = "asked") -> str:
    return reverse(f"casestudies:review_{name}", args=[assignment.pk])


def case_url(case: CaseStudyPage, name: str = "case") -> str:
    return reverse(f"casestudies:review_{name}", args=[case.pk])


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_asked_stands_in_the_workspace_and_on_the_review_page(world: World) -> None:
    case = bring_to(world, State.DECISION, title="Pearls in transit")
    asked = invite(world, case)
    for path in ("/en/workspace/", "/en/review/"):
        assert asked_url(asked) in page_of(signed_in(world["invited"]), path)
        assert "Pearls in transit" not in page_of(signed_in(world["reviewer"]), path)


def test_the_whole_text_opens_with_accepting_and_not_before(world: World) -> None:
    case = bring_to(world, State.DECISION, summary="In short.", problem="Queues at night.")
    asked, client = invite(world, case), signed_in(world["invited"])
    page = page_of(client, asked_url(asked))
    assert "In short." in page
    assert "Queues at night." not in page
    assert client.get(case_url(case)).status_code == 404
    refused = client.post(asked_url(asked, "accept"), {})
    assert refused.status_code == 422
    assert "Declare that you have no conflict" in refused.content.decode()
    client.post(asked_url(asked, "accept"), {"no_conflict": "on"})
    assert "Queues at night." in page_of(client, asked_url(asked))


def test_declining_without_a_reason_says_so_at_the_field(world: World) -> None:
    asked, client = invite(world, bring_to(world, State.DECISION)), signed_in(world["invited"])
    response = client.post(asked_url(asked, "decline"), {"reason": " "})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one(".c-error-summary a")["href"] == "#id_reason"
    assert page.select_one(".c-field--error [name=reason]")


def test_a_draft_is_kept_and_shown_again_and_sending_names_what_is_open(world: World) -> None:
    case = bring_to(world, State.DECISION, problem="Queues.")
    assignment, client = assign(world, case), signed_in(world["assigned"])
    half = {
        "seen": review_answers(case)["seen"],
        "note-clarity": "Half a thought",
        "about-problem": "Which queues?",
    }
    assert client.post(asked_url(assignment), half | {"action": "save"}).status_code == 302
    page = BeautifulSoup(page_of(client, asked_url(assignment)), "html.parser")
    assert page.select_one("[name=about-problem]").text.strip() == "Which queues?"
    assert page.select_one("[name=note-clarity]").text.strip() == "Half a thought"
    response = client.post(asked_url(assignment), half | {"action": "send"})
    assert response.status_code == 422
    summary = BeautifulSoup(response.content, "html.parser").select_one(".c-error-summary")
    assert summary.select_one('a[href="#id_score-evidence"]')
    assert "Which queues?" in response.content.decode()


def test_a_text_that_moved_on_is_told_and_what_was_typed_stays(world: World) -> None:
    case = bring_to(world, State.DECISION)
    assignment, answers = assign(world, case), review_answers(case, opinion="A long opinion.")
    edit(case, world["coordinator"], summary="Changed meanwhile.")
    client = signed_in(world["assigned"])
    response = client.post(asked_url(assignment), answers | {"action": "send"})
    assert response.status_code == 409
    assert "A long opinion." in response.content.decode()
    form = BeautifulSoup(response.content, "html.parser")
    answers["seen"] = form.select_one("[name=seen]")["value"]
    assert client.post(asked_url(assignment), answers | {"action": "send"}).status_code == 302


def test_what_was_typed_is_shown_when_the_request_was_taken_back_meanwhile(world: World) -> None:
    case = bring_to(world, State.DECISION)
    assignment, answers = (
        assign(world, case),
        review_answers(case, opinion="An opinion that took an evening."),
    )
    act(case, world["coordinator"], "publish")
    response = signed_in(world["assigned"]).post(asked_url(assignment), answers)
    assert response.status_code == 409
    assert "An opinion that took an evening." in response.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize("who", ["reviewer", "author", "coordinator", "superuser"])
def test_nobody_else_opens_a_request(world: World, who: str) -> None:
    assignment = assign(world, bring_to(world, State.DECISION))
    for name in ("asked", "accept", "decline"):
        response = signed_in(world[who]).post(asked_url(assignment, name), {"no_conflict": "on"})
        assert response.status_code == 404


def test_coordinators_read_reviews_side_by_side_with_names(world: World) -> None:
    case = bring_to(world, State.DECISION)
    reviewed(world, case, "assigned", opinion="Send it back.")
    reviewed(world, case, "invited", opinion="Publish it.")
    page = BeautifulSoup(page_of(signed_in(world["coordinator"]), case_url(case)), "html.parser")
    sides = [side.get_text(" ") for side in page.select("#reviews .c-comparison__side")]
    assert [("assigned" in side, "invited" in side) for side in sides] == [
        (True, False),
        (False, True),
    ]
    assert "Send it back." in sides[0]


def test_authors_read_reviews_after_the_decision_and_without_names(world: World) -> None:
    case = bring_to(world, State.DECISION)
    reviewed(world, case, "assigned", opinion="A figure is missing.")
    pages = (case_url(case), reverse("casestudies:workspace_case", args=[case.number]))
    author = signed_in(world["author"])
    assert not any("A figure is missing." in page_of(author, path) for path in pages)
    act(case, world["coordinator"], "return", "Please give a figure.")
    for path in pages:
        page = page_of(author, path)
        assert "A figure is missing." in page
        assert "Reviewer 1" in page
        assert "assigned" not in page


def test_a_second_way_keeps_its_reviews_from_the_authors_until_it_is_decided(
    world: World,
) -> None:
    case = bring_to(world, State.DECISION)
    reviewed(world, case, "assigned", opinion="The first opinion.")
    act(case, world["coordinator"], "return", "Please give a figure.")
    send(world, edit(case, world["author"], summary="Forty minutes."))
    act(case, world["contact"], "clear")
    reviewed(world, case, "assigned", opinion="The second opinion.")
    page = page_of(signed_in(world["author"]), case_url(case))
    assert "The first opinion." in page
    assert "The second opinion." not in page


def test_a_coordinator_who_wrote_in_the_text_learns_no_reviewers_name(world: World) -> None:
    case = bring_to(world, State.DECISION, with_reviewers=True)
    edit(case, world["coordinator"], summary="The coordinator's own words.")
    client = signed_in(world["coordinator"])
    assert client.get(case_url(case, "reviewers")).status_code == 404
    assert "assigned" not in page_of(client, case_url(case))


def test_the_page_of_reviewers_says_why_each_is_proposed(world: World) -> None:
    transit = make_topic("transit", name="Transit")
    client = signed_in(world["reviewer"])
    data = {"topics": [str(transit.pk)], "languages": ["fr"]}
    assert client.post("/en/review/profile/", data).status_code == 302
    case = bring_to(world, State.DECISION, language="fr", topics=[transit])
    page = BeautifulSoup(
        page_of(signed_in(world["coordinator"]), case_url(case, "reviewers")), "html.parser"
    )
    first = " ".join(page.select(".c-reviewer")[0].get_text(" ").split())
    assert first.startswith("reviewer Knows: Transit")
    assert "Reads the language of the case: French" in first
    assert "0 open reviews" in first


def test_the_profile_is_for_reviewers(world: World) -> None:
    assert signed_in(world["author"]).get("/en/review/profile/").status_code == 404


def test_markup_in_a_review_is_shown_as_text(world: World) -> None:
    case = bring_to(world, State.DECISION)
    reviewed(world, case, opinion="<script>alert(1)</script>", **{"about-title": "<img src=x>"})
    page = page_of(signed_in(world["coordinator"]), case_url(case))
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_the_pages_stand_in_other_languages(world: World, code: str) -> None:
    case = bring_to(world, State.DECISION, with_reviewers=True)
    first, second = case.review_assignments.all()
    visits = (
        ("invited", f"/{code}/review/asked/{first.pk}/"),
        ("assigned", f"/{code}/review/asked/{second.pk}/"),
        ("coordinator", f"/{code}/review/{case.pk}/reviewers/"),
    )
    for who, path in visits:
        assert f'<html lang="{code}"' in page_of(signed_in(world[who]), path)
