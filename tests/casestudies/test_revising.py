"""A published case gets a new version: minor or substantive, and nobody goes round either way."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import TaskState

from casestudies.models import CaseStudyPage, CaseVersion, DecisionTask
from casestudies.revising import claims_changed, proposal_for
from casestudies.services.actions import token_of
from casestudies.services.decisions import decide
from casestudies.services.finish import publish_decided_case
from casestudies.services.refusals import Refused
from casestudies.services.submission import submit_case
from casestudies.states import State, state_of
from tests.casestudies.admin_forms import admin
from tests.factories.review import (
    World,
    act,
    bring_to,
    edit,
    fresh,
    make_draft,
    send,
    task_state_of,
)

MINOR = {"change_kind": "minor", "change_note": "A figure corrected."}


@pytest.fixture
def published(world: World) -> CaseStudyPage:
    """A case of Malta that its region published."""
    return bring_to(world, State.PUBLISHED)


def decision_steps(case: CaseStudyPage) -> list[str]:
    """Give how the regional decision of the last review ended."""
    last = case.workflow_states.last()
    states = last.task_states.filter(task__in=DecisionTask.objects.all())
    return list(states.values_list("status", flat=True))


def test_a_minor_change_goes_live_when_it_is_cleared(
    world: World, published: CaseStudyPage
) -> None:
    before = published.review_by
    edit(published, world["author"], lessons="Agree early.", **MINOR)
    send(world, published)
    assert fresh(published).lessons != "Agree early."
    act(published, world["contact"], "clear")
    case = fresh(published)
    assert (case.lessons, state_of(case).kind) == ("Agree early.", State.PUBLISHED)
    assert decision_steps(case) == [TaskState.STATUS_SKIPPED]
    last = CaseVersion.objects.filter(page=case).last()
    assert (last.number, last.kind, last.note) == (2, "minor", "A figure corrected.")
    assert case.review_by == before


def test_a_substantive_change_needs_clearance_and_a_decision(
    world: World, published: CaseStudyPage
) -> None:
    CaseStudyPage.objects.filter(pk=published.pk).update(review_by="2026-12-01")
    edit(published, world["author"], lessons="Agree early.")
    send(world, published)
    act(published, world["contact"], "clear")
    assert state_of(fresh(published)).kind == State.DECISION
    assert fresh(published).lessons != "Agree early."
    act(published, world["coordinator"], "publish")
    case = fresh(published)
    assert (case.lessons, decision_steps(case)) == ("Agree early.", [TaskState.STATUS_APPROVED])
    assert case.review_by.year > 2026


def test_a_first_version_that_calls_itself_minor_still_needs_the_region(world: World) -> None:
    case = make_draft(world, **MINOR)
    send(world, case)
    act(case, world["contact"], "clear")
    assert state_of(fresh(case)).kind == State.DECISION
    assert not fresh(case).live


def test_without_clearance_a_minor_change_is_decided_on_by_the_region(
    world: World, published: CaseStudyPage
) -> None:
    world.malta.clearance_required = False
    world.malta.save()
    edit(published, world["author"], lessons="Agree early.", **MINOR)
    send(world, published)
    assert state_of(fresh(published)).kind == State.DECISION
    act(published, world["coordinator"], "publish")
    assert fresh(published).lessons == "Agree early."


def test_who_wrote_a_minor_change_does_not_clear_it(world: World, published: CaseStudyPage) -> None:
    edit(published, world["contact"], lessons="Agree early.", **MINOR)
    send(world, published, "contact")
    with pytest.raises(Refused, match="wrote"):
        act(published, world["contact"], "clear")


@pytest.mark.parametrize(
    "unsaid",
    [{"change_kind": "first"}, {"change_note": " "}],
    ids=["no kind", "no note"],
)
def test_a_new_version_is_not_sent_without_saying_what_changed(
    world: World, published: CaseStudyPage, unsaid: dict[str, str]
) -> None:
    edit(published, world["author"], lessons="Agree early.", **unsaid)
    with pytest.raises(ValidationError) as refusal:
        send(world, published)
    assert set(refusal.value.message_dict) == set(unsaid)


def test_a_minor_change_that_is_returned_as_substantive_stays_so_until_published(
    world: World, published: CaseStudyPage
) -> None:
    edit(published, world["author"], lessons="Agree early.", **MINOR)
    send(world, published)
    page = admin(world["contact"])
    address = reverse("casestudies:review_case", args=[published.pk])
    shown = page.get(address)
    assert b'name="substantive"' in shown.content
    data = {"action": "return", "reasons": "It says something else.", "substantive": "on"}
    data["seen"] = shown.context["form"].initial["seen"]
    page.post(reverse("casestudies:review_act", args=[published.pk]), data)
    with pytest.raises(ValidationError, match="substantive"):
        submit_case(case=published, author=world["author"])
    edit(published, world["author"], lessons="Agree early.")
    send(world, published)
    act(published, world["contact"], "clear")
    act(published, world["coordinator"], "publish")
    edit(published, world["author"], lessons="Agree early!", **MINOR)
    send(world, published)
    act(published, world["contact"], "clear")
    assert fresh(published).lessons == "Agree early!"


def test_what_was_returned_as_substantive_is_decided_on_whoever_calls_it_minor(
    world: World, published: CaseStudyPage
) -> None:
    edit(published, world["author"], lessons="Agree early.", **MINOR)
    send(world, published)
    answers = {"seen": token_of(fresh(published).latest_revision), "reasons": "More."}
    answers["substantive"] = "on"
    step = task_state_of(published)
    decide(task_state=step, by=world["contact"], action="return", answers=answers)
    edit(published, world["author"], lessons="Agree early.")
    send(world, published)
    edit(published, world["coordinator"], lessons="Agree early.", **MINOR)
    act(published, world["contact"], "clear")
    assert state_of(fresh(published)).kind == State.DECISION


def test_a_change_made_minor_in_review_does_not_skip_the_region(
    world: World, published: CaseStudyPage
) -> None:
    edit(published, world["author"], lessons="Agree early.")
    send(world, published)
    act(published, world["contact"], "clear")
    # By whatever way the text was written over: nobody cleared it as a minor one.
    edit(published, world["coordinator"], lessons="Agree early.", **MINOR)
    with pytest.raises(Refused):
        publish_decided_case(fresh(published).current_workflow_state, world["coordinator"])
    assert fresh(published).lessons != "Agree early."


def test_changed_claims_speak_for_a_substantive_change(
    world: World, published: CaseStudyPage
) -> None:
    case = edit(published, world["author"], owner_unit="Another unit", **MINOR)
    assert not claims_changed(case, case.get_latest_revision_as_object())
    case = edit(case, world["author"], stage="pilot", year=2019, **MINOR)
    draft = case.get_latest_revision_as_object()
    assert [item.name for item in claims_changed(case, draft)] == ["stage", "year"]
    page = admin(world["author"]).get(reverse("casestudies:share_check", args=[case.number]))
    assert "This looks like a substantive change" in page.content.decode()
    draft.change_kind = "substantive"
    assert not proposal_for(case, draft)


def test_the_region_sees_what_a_new_version_changes_even_of_an_imported_case(
    world: World,
) -> None:
    case = make_draft(world, lessons="Agree late.")
    case.latest_revision.publish()
    edit(case, world["author"], lessons="Agree early.")
    send(world, case)
    act(case, world["contact"], "clear")
    page = admin(world["coordinator"]).get(reverse("casestudies:review_case", args=[case.pk]))
    body = page.content.decode()
    assert "What changed since version 1" in body
    assert "<ins>early</ins>" in body
    assert "<del>late</del>" in body
