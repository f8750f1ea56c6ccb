"""The review as people live it: sent, cleared, decided, returned, withdrawn, restored."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from casestudies.models import CaseStudyPage, CaseVersion, Decision
from casestudies.services.lifecycle import delete_draft, restore_case, withdraw_case
from casestudies.services.publication import publish_embargoed_cases, review_date
from casestudies.services.refusals import Refused
from casestudies.services.submission import submit_case
from casestudies.states import State, state_of, states_of
from tests.factories.review import World, act, bring_to, edit, fresh, make_draft, send


def test_a_case_goes_from_draft_over_clearance_and_decision_to_the_forum(world: World) -> None:
    case = make_draft(world, title="Single window")
    assert state_of(case).kind == State.DRAFT
    send(world, case)
    assert state_of(fresh(case)).kind == State.CLEARANCE
    act(case, world["contact"], "clear")
    assert state_of(fresh(case)).kind == State.DECISION
    act(case, world["coordinator"], "publish")
    case = fresh(case)
    assert (case.live, state_of(case).kind, case.level) == (True, State.PUBLISHED, "validated")
    assert case.review_by == review_date(timezone.localdate())
    assert [(v.number, v.kind) for v in CaseVersion.objects.filter(page=case)] == [(1, "first")]
    assert [d.kind for d in case.decisions.all()] == ["cleared", "published"]


def test_without_required_clearance_a_case_goes_straight_to_the_region(world: World) -> None:
    world.malta.clearance_required = False
    world.malta.save()
    case = send(world, make_draft(world))
    assert state_of(fresh(case)).kind == State.DECISION
    act(case, world["coordinator"], "publish")
    assert fresh(case).live


@pytest.mark.parametrize(("state", "by"), [("clearance", "contact"), ("decision", "coordinator")])
def test_a_returned_case_is_mended_and_starts_again_at_clearance(
    world: World, state: str, by: str
) -> None:
    case = bring_to(world, state)
    act(case, world[by], "return", "Please give a figure.")
    case = fresh(case)
    assert (state_of(case).kind, state_of(case).reasons) == (
        State.RETURNED,
        "Please give a figure.",
    )
    edit(case, world["colleague"], summary="Now with a figure: 40 minutes.")
    send(world, case, "colleague")
    assert state_of(fresh(case)).kind == State.CLEARANCE


def test_a_declined_case_cannot_be_sent_again(world: World) -> None:
    case = bring_to(world, State.DECLINED)
    assert state_of(case).kind == State.DECLINED
    with pytest.raises(Refused, match="declined"):
        submit_case(case=case, author=world["author"])


def test_a_published_case_gets_a_second_version_through_a_second_review(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    edit(case, world["author"], summary="Better now.", change_note="Summary")
    send(world, case)
    assert state_of(fresh(case)).live
    assert fresh(case).summary != "Better now."
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    assert fresh(case).summary == "Better now."
    versions = CaseVersion.objects.filter(page=case)
    assert [(v.number, v.kind, v.note) for v in versions][1:] == [(2, "substantive", "Summary")]


def test_an_update_that_is_declined_leaves_the_published_case_as_it_was(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    edit(case, world["author"], summary="An advertisement.")
    send(world, case)
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "decline", "An advertisement.")
    case = fresh(case)
    assert (state_of(case).kind, case.live) == (State.PUBLISHED, True)
    edit(case, world["author"], summary="A plain account.")
    send(world, case)
    assert state_of(fresh(case)).kind == State.CLEARANCE


def _bring_date_forward(case: CaseStudyPage) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    revision = case.latest_revision
    revision.content["go_live_at"] = yesterday.isoformat()
    revision.approved_go_live_at = yesterday
    revision.save()


def test_an_embargoed_case_waits_for_its_date_and_then_appears_once(world: World) -> None:
    case = bring_to(world, State.EMBARGOED)
    assert (case.live, state_of(case).kind) == (False, State.EMBARGOED)
    assert publish_embargoed_cases() == []
    assert not CaseVersion.objects.filter(page=case).exists()
    _bring_date_forward(case)
    assert publish_embargoed_cases() == [case.pk]
    assert publish_embargoed_cases() == []
    assert fresh(case).live
    assert CaseVersion.objects.filter(page=case).count() == 1


def test_an_embargo_is_set_for_the_start_of_its_day(world: World) -> None:
    case = bring_to(world, State.EMBARGOED)
    assert case.latest_revision.approved_go_live_at == datetime.combine(
        case.get_latest_revision_as_object().embargo_until, time(), UTC
    )


def test_one_failing_case_does_not_hold_the_other_embargoed_cases_back(world: World) -> None:
    first, second = bring_to(world, State.EMBARGOED), bring_to(world, State.EMBARGOED)
    yesterday = timezone.now() - timedelta(days=1)
    for case in (first, second):
        revision = case.latest_revision
        revision.content["go_live_at"] = yesterday.isoformat()
        revision.approved_go_live_at = yesterday
        revision.save()
    broken = first.latest_revision
    broken.content["language"] = "a code that is too long"
    broken.content["administration"] = None
    broken.content["stage"] = "x" * 40
    broken.content["title"] = ""
    Revision.objects.filter(pk=broken.pk).update(content=broken.content)
    with pytest.raises(Exception, match="title"):
        publish_embargoed_cases()
    assert not fresh(first).live
    assert fresh(second).live


def test_a_withdrawn_case_leaves_the_forum_and_comes_back_as_the_same_version(world: World) -> None:
    case = bring_to(world, State.WITHDRAWN)
    assert (case.live, state_of(case).reasons) == (False, "Out of date.")
    restore_case(case=case, by=world["coordinator"])
    case = fresh(case)
    assert (case.live, case.withdrawn_at, case.level) == (True, None, "validated")
    assert CaseVersion.objects.filter(page=case).count() == 1


def test_withdrawing_ends_the_review_of_a_new_version(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    edit(case, world["author"], summary="A new version.")
    send(world, case)
    withdraw_case(case=fresh(case), by=world["coordinator"], reason="Names an ongoing case.")
    case = fresh(case)
    assert (case.live, case.workflow_in_progress) == (False, False)
    assert state_of(case).kind == State.WITHDRAWN


def test_withdrawing_an_embargoed_case_takes_it_off_the_schedule(world: World) -> None:
    case = bring_to(world, State.EMBARGOED)
    withdraw_case(case=case, by=world["contact"], reason="Not now.")
    assert not Revision.objects.for_instance(case).filter(approved_go_live_at__isnull=False)
    restore_case(case=fresh(case), by=world["coordinator"])
    assert state_of(fresh(case)).kind == State.DRAFT


def test_a_withdrawal_needs_a_reason(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    with pytest.raises(Refused, match="reason"):
        withdraw_case(case=case, by=world["contact"], reason="  ")
    assert fresh(case).live


def test_a_draft_is_deleted_only_while_nobody_has_judged_it(world: World) -> None:
    draft, returned = make_draft(world), bring_to(world, State.RETURNED)
    delete_draft(case=draft, by=world["colleague"])
    with pytest.raises(Refused, match="on record"):
        delete_draft(case=returned, by=world["author"])
    assert Decision.objects.filter(case=returned).exists()


def test_states_of_many_cases_take_three_queries(
    world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    cases = [bring_to(world, state) for state in ("draft", "clearance", "published")]
    states_of(cases)
    with django_assert_num_queries(3):
        found = states_of(cases)
    assert [found[case.pk].kind for case in cases] == ["draft", "clearance", "published"]
