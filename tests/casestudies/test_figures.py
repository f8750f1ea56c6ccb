"""Figures: right, of one's own places only, dated, to be taken away, in few statements."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from casestudies.figures.load import load_of
from casestudies.figures.readership import readership_of
from casestudies.figures.scopes import MEMBER, REGION, Scope
from casestudies.figures.stock import empty_topics, freshness_table, stages_table
from casestudies.figures.times import first_day_shown, quarter_of, times_of
from casestudies.figures.waiting import waiting_of
from casestudies.models import CaseStudyPage, Decision, ReviewAssignment, ViewCount
from casestudies.states import State
from tests.factories.cases import make_case, make_topic
from tests.factories.many import copies_in_review
from tests.factories.review import World, bring_to, reviewed
from tests.support.visitor import signed_in

PAGE = "/en/workspace/figures/"
READERS = {
    "author": {"member-cases", "member-waiting", "member-times"},
    "contact": {"member-cases", "member-waiting", "member-times"},
    "reviewer": {"my-reviews"},
    "coordinator": {
        "region-waiting",
        "region-times",
        "region-reviewers",
        "region-freshness",
        "region-stages",
        "region-topics",
    },
}
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


def europe(world: World) -> Scope:
    return Scope(REGION, {world.europe.pk: "Europe"})


def malta(world: World) -> Scope:
    return Scope(MEMBER, {world.malta.pk: "Malta"})


def taken(case: CaseStudyPage, *, clearing: float, deciding: float) -> None:
    """Set when a case was sent, cleared and decided on, in days."""
    sent = NOON - timedelta(days=clearing + deciding)
    way = WorkflowState.objects.filter(object_id=str(case.pk))
    way.update(created_at=sent)
    cleared, decided = Decision.objects.filter(case=case).order_by("pk")
    Decision.objects.filter(pk=cleared.pk).update(decided_at=sent + timedelta(days=clearing))
    Decision.objects.filter(pk=decided.pk).update(decided_at=NOON)


def rows_of(client: Client, name: str) -> list[list[str]]:
    """Take a table away and give its rows, with the heads."""
    answer = client.get(f"{PAGE}{name}.csv")
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_quarters_end_with_the_present_one() -> None:
    assert quarter_of(NOON.date()) == (2026, 4)
    assert first_day_shown(NOON.date()).isoformat() == "2025-01-01"
    assert first_day_shown(NOON.date().replace(month=1)).isoformat() == "2024-04-01"


def test_medians_are_those_of_the_ways_with_their_number(world: World) -> None:
    for clearing, deciding in ((1, 2), (3, 10), (8, 6)):
        taken(bring_to(world, State.PUBLISHED), clearing=clearing, deciding=deciding)
    for scope in (europe(world), malta(world)):
        (row,) = times_of(scope, NOON.date()).rows
        assert row[1:] == ("2026 Q4", 3, 3.0, 3, 6.0, 13.0)


def test_too_few_cases_give_no_median(world: World) -> None:
    for _time in range(2):
        taken(bring_to(world, State.RETURNED), clearing=1, deciding=1)
    (row,) = times_of(europe(world), NOON.date()).rows
    assert row[2:] == (2, "Too few", 2, "Too few", "Too few")


def test_what_waits_is_counted_by_step_and_age(world: World) -> None:
    for days in (0, 7, 8, 45):
        case = bring_to(world, State.CLEARANCE)
        since = timezone.now() - timedelta(days=days, hours=1)
        TaskState.objects.filter(pk=case.current_workflow_task_state.pk).update(started_at=since)
    bring_to(world, State.DECISION)
    found = [row[2:] for row in waiting_of(europe(world), NOON.date()).rows]
    assert found == [(4, 2, 1, 0, 1, 45), (1, 1, 0, 0, 0, 0)]


def test_reviewers_are_listed_with_what_was_asked_of_them(world: World) -> None:
    bring_to(world, State.DECISION, with_reviewers=True)
    reviewed(world, bring_to(world, State.DECISION))
    old = bring_to(world, State.DECISION)
    asked = reviewed(world, old)
    long_ago = timezone.now() - timedelta(days=400)
    ReviewAssignment.objects.filter(pk=asked.pk).update(since=long_ago)
    found = {row[0]: tuple(row[2:]) for row in load_of(europe(world), NOON.date()).rows}
    assert found == {
        str(world["reviewer"]): (0, 0, 0, 0, "–"),
        str(world["invited"]): (1, 0, 0, 0, "–"),
        str(world["assigned"]): (0, 1, 1, 0, "Too few"),
    }


def test_published_cases_are_counted_by_freshness_and_stage(world: World) -> None:
    today = timezone.localdate()
    for days, stage in ((900, "pilot"), (30, "pilot"), (-400, "idea")):
        make_case(administration=world.malta, stage=stage, review_by=today + timedelta(days=days))
    make_case(administration=world.japan)
    make_case(administration=world.malta, live=False)
    (fresh,) = freshness_table(europe(world), today).rows
    assert fresh[1:] == (1, 1, 1, 3)
    (stages,) = stages_table(europe(world), today).rows
    assert stages[1:] == (1, 0, 2, 0, 0, 0, 0, 0, 3)


def test_topics_of_unpublished_and_of_foreign_cases_are_still_without_a_case(world: World) -> None:
    for slug in ("transit", "seals", "risk"):
        make_topic(slug, parent="facilitation")
    make_case(administration=world.malta, topics=["transit"])
    make_case(administration=world.malta, topics=["seals"], live=False)
    make_case(administration=world.japan, topics=["risk"])
    (row,) = empty_topics(europe(world), NOON.date()).rows
    assert row == ("Facilitation", 2, "Risk, Seals")


def test_views_are_summed_by_month_for_the_members_own_cases(world: World) -> None:
    case = make_case("Parcels", administration=world.malta)
    make_case("Elsewhere", administration=world.france)
    today = NOON.date()
    for days, views in ((0, 5), (3, 2), (20, 7), (200, 1), (500, 100)):
        day = today - timedelta(days=days)
        ViewCount.objects.create(case=case, day=day, views=views)
    (row,) = readership_of(malta(world), today).rows
    assert (row[0], *row[4:]) == ("Parcels", 7, 7, 15)


@pytest.mark.parametrize("who", READERS)
def test_each_role_sees_its_part_and_takes_it_away(world: World, who: str) -> None:
    bring_to(world, State.PUBLISHED, title="=1+1")
    client = signed_in(world[who])
    html = client.get(PAGE).content.decode()
    every = set().union(*READERS.values())
    assert {name for name in every if f'id="{name}"' in html} == READERS[who]
    for name in every:
        answer = client.get(f"{PAGE}{name}.csv")
        assert answer.status_code == (200 if name in READERS[who] else 404)


def test_a_file_names_its_day_and_holds_nothing_that_computes(world: World) -> None:
    bring_to(world, State.PUBLISHED, title="=1+1")
    heads, row = rows_of(signed_in(world["author"]), "member-cases")
    assert (heads[-1], row[-1]) == ("As of", timezone.localdate().isoformat())
    assert row[0] == "'=1+1"


def test_nobody_sees_figures_of_places_that_are_not_theirs(world: World) -> None:
    make_case("Parcels", administration=world.malta)
    bring_to(world, State.CLEARANCE)
    foreign = signed_in(world["foreign_coordinator"])
    assert len(rows_of(foreign, "region-waiting")) == 1
    assert foreign.get(f"{PAGE}?region=europe").status_code == 404
    assert len(rows_of(signed_in(world["other_contact"]), "member-cases")) == 1
    curator = signed_in(world["curator"])
    assert len(rows_of(curator, "region-waiting")) == 2
    assert curator.get(f"{PAGE}?region=asia-pacific").status_code == 200
    for who in ("reader", "member_reader"):
        assert signed_in(world[who]).get(PAGE).status_code == 403
        assert signed_in(world[who]).get(f"{PAGE}region-times.csv").status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_the_workspace_begins_with_what_is_asked(world: World) -> None:
    bring_to(world, State.RETURNED)
    bring_to(world, State.CLEARANCE)
    make_case(administration=world.malta, owner=world["author"], review_by=timezone.localdate())
    said = {
        "author": ["1 of your cases came back", "1 of your published cases has to be looked at"],
        "contact": ["1 case waits for you"],
        "coordinator": ["Nothing waits for you."],
    }
    for who, words in said.items():
        html = signed_in(world[who]).get("/en/workspace/").content.decode()
        main = html.partition("<main")[2].partition("<caption>")[0]
        assert "What is asked of you" in main
        assert [each for each in words if each not in html] == []
        assert f'href="{PAGE}"' in html
    assert PAGE not in signed_in(world["reader"]).get("/en/workspace/").content.decode()


@pytest.mark.parametrize("who", ["coordinator", "curator", "contact"])
def test_the_page_costs_fifteen_statements_with_two_thousand_cases(
    world: World, who: str, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    copies_in_review(bring_to(world, State.DECISION, with_reviewers=True), 2000)
    CaseStudyPage.objects.filter(number__startswith="CS-3000").update(live=True)
    client = signed_in(world[who])
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        html = client.get(PAGE).content.decode()
    assert ("2001" in html) or ("2,001" in html) or "1950" in html
