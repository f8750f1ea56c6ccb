"""Attacks on the review below its pages: four eyes, stale texts, and every way past the door."""

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowTask

from casestudies.authorship import authors_of, authors_of_each, digest_of
from casestudies.models import CaseStudyPage, CaseVersion, ClearanceTask, Decision, DecisionTask
from casestudies.permissions import may_clear, may_decide, may_edit
from casestudies.services.actions import token_of
from casestudies.services.decisions import decide
from casestudies.services.publication import publish_embargoed_cases
from casestudies.services.refusals import OutOfDate, Refused
from casestudies.services.submission import restart_if_changed
from casestudies.services.workflow_setup import sync_review_workflow
from casestudies.states import State, state_of
from tests.factories.cases import administration_page, make_topic
from tests.factories.directory import make_membership
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


def edit_in_review(world: World, case: CaseStudyPage, who: str, summary: str) -> None:
    """Change a case in review as the admin does: the review starts again."""
    before = digest_of(fresh(case).latest_revision.content)
    edit(case, world[who], summary=summary)
    restart_if_changed(case=case, before=before, by=world[who])


# Four eyes, in every order


def test_a_contact_point_cannot_clear_what_they_wrote(world: World) -> None:
    case = send(world, make_draft(world, author="contact"), "contact")
    with pytest.raises(Refused, match="You wrote part"):
        act(case, world["contact"], "clear")


def test_a_colleagues_last_comma_does_not_free_the_author_to_clear(world: World) -> None:
    case = make_draft(world, author="contact")
    edit(case, world["author"], summary="A comma, added.")
    send(world, case)
    assert not may_clear(world["contact"], fresh(case))


def test_a_coordinator_who_changed_the_text_cannot_publish_it(world: World) -> None:
    case = bring_to(world, State.DECISION)
    edit_in_review(world, case, "coordinator", "Mended by the region.")
    act(case, world["contact"], "clear")
    with pytest.raises(Refused, match="You wrote part"):
        act(case, world["coordinator"], "publish")
    act(case, world["coordinator2"], "publish")
    assert fresh(case).live


def test_an_author_cannot_decline_but_can_return(world: World) -> None:
    case = bring_to(world, State.DECISION)
    edit_in_review(world, case, "coordinator", "Mended by the region.")
    act(case, world["contact"], "clear")
    with pytest.raises(Refused, match="You wrote part"):
        act(case, world["coordinator"], "decline", "Mine.")
    act(case, world["coordinator"], "return", "Please look again.")
    assert state_of(fresh(case)).kind == State.RETURNED


@pytest.mark.parametrize("who", ["superuser", "curator"])
def test_four_eyes_binds_operators_and_curators(world: World, who: str) -> None:
    case = bring_to(world, State.DECISION)
    edit_in_review(world, case, who, "Mended from above.")
    act(case, world["contact"], "clear")
    with pytest.raises(Refused, match="You wrote part"):
        act(case, world[who], "publish")


def test_an_author_who_also_coordinates_cannot_decide_on_the_own_case(world: World) -> None:
    make_membership(world["author"], "coordinator", region=world.europe)
    case = bring_to(world, State.DECISION)
    assert not may_decide(world["author"], fresh(case))


def test_who_wrote_the_published_version_may_decide_on_the_next_one(world: World) -> None:
    case = bring_to(world, State.DECISION)
    edit_in_review(world, case, "coordinator", "Mended by the region.")
    act(case, world["contact"], "clear")
    act(case, world["coordinator2"], "publish")
    assert authors_of(fresh(case)) == frozenset()
    edit(case, world["author"], summary="The next version.")
    assert authors_of(fresh(case)) == {world["author"].pk}
    send(world, case)
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    assert fresh(case).summary == "The next version."


def test_the_authors_of_one_case_are_not_those_of_another(world: World) -> None:
    mended = bring_to(world, State.PUBLISHED)
    edit(mended, world["colleague"], summary="The next version.")
    drafted, untouched = make_draft(world, author="contact"), bring_to(world, State.PUBLISHED)
    assert authors_of_each([mended, drafted, untouched]) == {
        mended.pk: {world["colleague"].pk},
        drafted.pk: {world["contact"].pk},
        untouched.pk: frozenset(),
    }


def test_one_may_not_edit_back_and_forth_to_lose_authorship(world: World) -> None:
    case = make_draft(world, summary="Before.")
    edit(case, world["contact"], summary="After.")
    edit(case, world["author"], summary="Before.")
    assert authors_of(fresh(case)) == {world["author"].pk, world["contact"].pk}


def test_the_digest_is_the_same_from_memory_and_from_the_database(world: World) -> None:
    case = make_draft(world, topics=["origin"], results=[{"indicator": "Hours", "before": "9"}])
    before = case.latest_revision
    again = fresh(case).get_latest_revision_as_object().save_revision(user=world["colleague"])
    stored = Revision.objects.get(pk=again.pk)
    assert digest_of(before.content) == digest_of(again.content) == digest_of(stored.content)
    assert authors_of(fresh(case)) == {world["author"].pk}


def test_the_order_of_topics_is_part_of_the_text(world: World) -> None:
    case = make_draft(world, topics=["origin", "valuation"])
    draft = fresh(case).get_latest_revision_as_object()
    items = list(draft.topic_items.all())
    items[0].tag, items[1].tag = make_topic("valuation"), make_topic("origin")
    draft.topic_items = items
    draft.save_revision(user=world["colleague"])
    assert world["colleague"].pk in authors_of(fresh(case))


# Stale texts and doubled decisions


def test_a_decision_on_an_older_text_is_refused(world: World) -> None:
    case = bring_to(world, State.DECISION)
    seen = token_of(case.latest_revision)
    edit(case, world["colleague"], summary="Changed meanwhile.")
    with pytest.raises(OutOfDate):
        decide(
            task_state=task_state_of(case),
            by=world["coordinator"],
            action="publish",
            answers={"seen": seen, "reasons": ""},
        )
    assert not Decision.objects.filter(case=case, kind="published").exists()


def test_a_revision_written_again_under_the_same_id_is_another_text(world: World) -> None:
    case = bring_to(world, State.DECISION)
    seen = token_of(case.latest_revision)
    Revision.objects.filter(pk=case.latest_revision_id).update(created_at=timezone.now())
    with pytest.raises(OutOfDate):
        decide(
            task_state=task_state_of(case),
            by=world["coordinator"],
            action="publish",
            answers={"seen": seen},
        )


def test_two_task_states_loaded_before_publish_only_once(world: World) -> None:
    case = bring_to(world, State.DECISION)
    first, second = task_state_of(case), task_state_of(case)
    answers = {"seen": token_of(case.latest_revision)}
    decide(task_state=first, by=world["coordinator"], action="publish", answers=answers)
    with pytest.raises(Refused, match="already"):
        decide(task_state=second, by=world["coordinator2"], action="publish", answers=answers)
    assert CaseVersion.objects.filter(page=case).count() == 1


def test_a_locked_case_is_not_decided_on(world: World) -> None:
    case = bring_to(world, State.DECISION)
    CaseStudyPage.objects.filter(pk=case.pk).update(locked=True)
    with pytest.raises(Refused, match="locked"):
        act(case, world["coordinator"], "publish")


# Ways past the door end at the last gate


def test_approving_the_task_state_without_the_door_publishes_nothing(world: World) -> None:
    case = bring_to(world, State.DECISION)
    with pytest.raises(Refused, match="Nobody entitled"):
        task_state_of(case).approve(user=world["superuser"])
    assert (fresh(case).live, state_of(fresh(case)).kind) == (False, State.DECISION)


def test_a_text_exchanged_after_its_clearance_is_not_published(world: World) -> None:
    case = bring_to(world, State.DECISION)
    edit(case, world["author"], summary="Never cleared.")
    with pytest.raises(Refused, match="Nobody entitled"):
        act(case, world["coordinator"], "publish")
    assert not fresh(case).live


def test_a_clearance_that_was_only_switched_off_is_no_clearance(world: World) -> None:
    case = bring_to(world, State.CLEARANCE)
    ClearanceTask.objects.update(active=False)
    task_state_of(case).cancel(user=world["superuser"])
    with pytest.raises(Refused, match="Nobody entitled"):
        act(case, world["coordinator"], "publish")


def test_resuming_midway_with_another_text_is_not_published(world: World) -> None:
    case = bring_to(world, State.RETURNED)
    edit(case, world["author"], summary="Changed after the return.")
    fresh(case).current_workflow_state.resume(user=world["author"])
    with pytest.raises(Refused, match="Nobody entitled"):
        act(case, world["coordinator"], "publish")


def test_a_workflow_without_its_tasks_is_refused_at_sending_and_mended(world: World) -> None:
    case = make_draft(world)
    WorkflowTask.objects.all().delete()
    with pytest.raises(ImproperlyConfigured):
        send(world, case)
    sync_review_workflow()
    send(world, case)
    assert state_of(fresh(case)).kind == State.CLEARANCE


@pytest.mark.parametrize("model", [ClearanceTask, DecisionTask])
def test_a_task_of_the_review_cannot_be_switched_off(world: World, model: type) -> None:
    case = bring_to(world, State.CLEARANCE)
    with pytest.raises(PermissionDenied):
        model.objects.get().deactivate(user=world["superuser"])
    assert model.objects.get().active
    assert state_of(fresh(case)).kind == State.CLEARANCE


@pytest.mark.parametrize("who", ["superuser", "coordinator", "curator"])
def test_publishing_and_unpublishing_by_hand_is_refused_to_everybody(
    world: World, who: str
) -> None:
    draft, published = bring_to(world, State.DECISION), bring_to(world, State.PUBLISHED)
    with pytest.raises(PermissionDenied):
        draft.latest_revision.publish(user=world[who])
    with pytest.raises(PermissionDenied):
        published.unpublish(user=world[who])
    base = published.page_ptr
    rights = base.permissions_for_user(world[who])
    elsewhere = administration_page(world.france)
    assert not any(
        [
            rights.can_publish(),
            rights.can_unpublish(),
            rights.can_publish_subpage(),
            rights.can_copy(),
            rights.can_copy_to(elsewhere),
            rights.can_move(),
            rights.can_move_to(elsewhere),
            rights.can_delete(),
        ]
    )


def test_containers_have_no_workflow_of_their_own(world: World) -> None:
    case = make_draft(world)
    assert case.get_workflow().name == "Case review"
    for page in case.get_ancestors().filter(depth__gt=1).specific():
        assert (page.has_workflow, page.get_workflow()) == (False, None)


def test_a_withdrawn_embargo_does_not_come_back_by_its_date(world: World) -> None:
    case = bring_to(world, State.EMBARGOED)
    Revision.objects.filter(pk=case.latest_revision_id).update(approved_go_live_at=timezone.now())
    CaseStudyPage.objects.filter(pk=case.pk).update(withdrawn_at=timezone.now())
    assert publish_embargoed_cases() == []
    assert not fresh(case).live


def test_a_draft_without_a_title_is_refused(world: World) -> None:
    case = make_draft(world)
    draft = case.get_latest_revision_as_object()
    draft.title = "  "
    with pytest.raises(ValidationError):
        draft.save_revision(user=world["author"], clean=False)


def test_a_text_over_its_limit_is_refused_at_sending(world: World) -> None:
    case = make_draft(world)
    draft = case.get_latest_revision_as_object()
    draft.summary = "x" * 501
    draft.save_revision(user=world["author"], clean=False)
    with pytest.raises(ValidationError):
        send(world, case)


@pytest.mark.parametrize("state", [State.EMBARGOED, State.DECLINED, State.WITHDRAWN])
def test_a_closed_case_is_not_edited(world: World, state: State) -> None:
    assert not may_edit(world["author"], bring_to(world, state))


def test_a_revision_keeps_what_belongs_to_the_record(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    revision = case.latest_revision
    revision.content |= {"number": "CS-1999-000001", "level": "adopted", "slug": "stolen"}
    loaded = revision.as_object()
    assert (loaded.number, loaded.level, loaded.slug) == (case.number, case.level, case.slug)
    assert TaskState.objects.filter(revision=revision).exists()
