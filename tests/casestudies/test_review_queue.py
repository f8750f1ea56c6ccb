"""The queue: what each person finds there, how old it is, and what it costs with thousands."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState

from casestudies.models import CaseStudyPage
from casestudies.states import State
from tests.factories.many import copies_in_review
from tests.factories.review import World, bring_to, edit, invite, reviewed, task_state_of
from tests.support.visitor import signed_in

MOST_STATEMENTS = 12


def rows_shown(world: World, who: str, query: str = "") -> dict[str, Tag]:
    """Give the rows that a person finds in the queue, by the title of the case."""
    response = signed_in(world[who]).get(f"/en/review/{query}")
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    rows = page.select("table.c-queue tbody tr")
    return {row.select_one("th a").get_text(strip=True): row for row in rows}


def age(case: CaseStudyPage, days: int) -> None:
    """Let a case have waited for some days at its step."""
    began = timezone.now() - timedelta(days=days)
    TaskState.objects.filter(pk=task_state_of(case).pk).update(started_at=began)


def test_the_next_step_follows_from_the_reviews(world: World) -> None:
    bring_to(world, State.DECISION, title="Nobody asked")
    waits = bring_to(world, State.DECISION, title="Being read")
    reviewed(world, waits, "assigned")
    invite(world, waits)
    reviewed(world, bring_to(world, State.DECISION, title="Read"), "assigned")
    rows = rows_shown(world, "coordinator")
    assert "Ask reviewers, or decide" in rows["Nobody asked"].text
    assert "1 of 2 reviews are in" in rows["Being read"].text
    assert "1 review is in: decide" in rows["Read"].text
    assert "invited" in rows["Being read"].text
    assert "assigned" not in rows["Being read"].text


@pytest.mark.parametrize(("state", "days"), [(State.CLEARANCE, 10), (State.DECISION, 14)])
def test_each_step_is_overdue_after_days_of_its_own(world: World, state: State, days: int) -> None:
    late, early = (bring_to(world, state, title=title) for title in ("Late", "Early"))
    age(late, days)
    age(early, days - 1)
    assert list(rows_shown(world, "coordinator", "?show=late")) == ["Late"]
    rows = rows_shown(world, "coordinator", "?show=all")
    assert list(rows) == ["Late", "Early"]
    assert ["overdue" in row.text for row in rows.values()] == [True, False]


def test_everything_in_review_is_shown_to_whom_it_concerns(world: World) -> None:
    bring_to(world, State.CLEARANCE, title="At clearance")
    bring_to(world, State.DECISION, title="At decision")
    found = {
        who: list(rows_shown(world, who, "?show=all"))
        for who in ("coordinator", "contact", "author", "foreign_coordinator", "other_contact")
    }
    both = ["At clearance", "At decision"]
    assert found == {
        "coordinator": both,
        "contact": both,
        "author": both,
        "foreign_coordinator": [],
        "other_contact": [],
    }


def test_reviewers_are_named_to_nobody_who_writes_for_the_case(world: World) -> None:
    case = bring_to(world, State.DECISION)
    invite(world, case)
    edit(case, world["coordinator2"], summary="The second coordinator's words.")
    named = {
        who: any("invited" in row.text for row in rows_shown(world, who, "?show=all").values())
        for who in ("coordinator", "coordinator2", "contact", "author")
    }
    assert named == {"coordinator": True, "coordinator2": False, "contact": False, "author": False}


@pytest.mark.parametrize("query", ["?show=else", "?page=2", "?page=x"])
def test_a_part_or_page_that_is_none_does_not_exist(world: World, query: str) -> None:
    assert signed_in(world["coordinator"]).get(f"/en/review/{query}").status_code == 404


def test_two_thousand_cases_cost_no_more_statements_than_a_handful(world: World) -> None:
    case = bring_to(world, State.DECISION, with_reviewers=True)
    copies_in_review(case, 2000)
    client = signed_in(world["coordinator"])
    client.get("/en/review/")
    for query in ("", "?show=all", "?page=80"):
        with CaptureQueriesContext(connection) as statements:
            page = BeautifulSoup(client.get(f"/en/review/{query}").content, "html.parser")
        assert len(page.select("table.c-queue tbody tr")) == 25
        assert "2001" in page.select_one(".c-switch").text
        assert len(statements) <= MOST_STATEMENTS
