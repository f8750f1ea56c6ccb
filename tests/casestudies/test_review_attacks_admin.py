"""Attacks on the review through the Wagtail admin: each was open in stock Wagtail."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Revision, Task, Workflow

from casestudies.models import CaseStudyPage, Decision
from casestudies.services.actions import token_of
from casestudies.states import State, state_of
from tests.casestudies.admin_forms import (
    admin,
    decide_in_edit_page,
    edit_data,
    edit_url,
    modal_url,
    save,
)
from tests.factories.cases import administration_page, make_case
from tests.factories.review import World, act, bring_to, fresh, make_draft, send


def foreign_case(world: World) -> CaseStudyPage:
    """A case of Japan that waits for the decision of Asia/Pacific."""
    world.japan.clearance_required = False
    world.japan.save()
    case = make_case(live=False, administration=world.japan)
    case.save_revision(user=world["foreign_contact"])
    return send(world, fresh(case), "foreign_contact")


def test_another_regions_case_cannot_be_decided_by_naming_its_task_state(world: World) -> None:
    own, foreign = bring_to(world, State.DECISION), foreign_case(world)
    client = admin(world["coordinator"])
    answers = {"seen": token_of(fresh(foreign).latest_revision), "reasons": ""}
    client.post(modal_url(own, "publish", owner=foreign), answers)
    client.post(modal_url(foreign, "publish"), answers)
    assert not fresh(foreign).live
    assert not Decision.objects.filter(case=foreign).exists()


def test_unvalidated_extra_data_cannot_strand_the_workflow(world: World) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    data = edit_data(client, case)
    decide_in_edit_page(client, case, data, "return", update=False, user=1, reasons="Because.")
    assert state_of(fresh(case)).kind == State.RETURNED


@pytest.mark.parametrize("action", ["return", "decline"])
def test_reasons_cannot_be_left_out_by_skipping_the_small_window(world: World, action: str) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    data = edit_data(client, case)
    decide_in_edit_page(client, case, data, action, update=False)
    assert state_of(fresh(case)).kind == State.DECISION


def test_a_request_that_edits_and_decides_does_neither(world: World) -> None:
    case = bring_to(world, State.DECISION)
    before = Revision.objects.for_instance(case).count()
    client = admin(world["coordinator"])
    data = edit_data(client, case)
    data["summary"] = "Slipped in at the last moment."
    decide_in_edit_page(client, case, data, "publish")
    case = fresh(case)
    assert (case.live, state_of(case).kind) == (False, State.DECISION)
    assert Revision.objects.for_instance(case).count() == before


@pytest.mark.parametrize("action", ["approve", "reject", "nonsense", ""])
def test_an_action_that_the_task_does_not_offer_is_refused(world: World, action: str) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    data = edit_data(client, case)
    decide_in_edit_page(client, case, data, action, reasons="x")
    assert state_of(fresh(case)).kind == State.DECISION


def test_a_page_opened_before_a_change_cannot_decide_on_the_new_text(world: World) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    old = edit_data(client, case)
    draft = fresh(case).get_latest_revision_as_object()
    draft.summary = "Another text."
    draft.save_revision(user=world["expert"])
    decide_in_edit_page(client, case, old, "publish")
    assert not fresh(case).live


@pytest.mark.parametrize("who", ["coordinator", "superuser", "curator"])
@pytest.mark.parametrize(
    "button",
    ["action-publish", "action-cancel-workflow", "action-restart-workflow", "action-submit"],
)
def test_no_other_button_of_the_edit_page_moves_a_case_in_review(
    world: World, who: str, button: str
) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world[who])
    data = edit_data(client, case)
    data[button] = "true"
    client.post(edit_url(case), data)
    case = fresh(case)
    assert (case.live, state_of(case).kind) == (False, State.DECISION)


def test_reverting_to_an_old_text_is_an_edit_and_publishes_nothing(world: World) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["superuser"])
    data = edit_data(client, case)
    first = Revision.objects.for_instance(case).order_by("pk").first()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[case.pk, first.pk])
    client.post(address, {**data.dict(), "action-publish": "true"})
    assert not fresh(case).live
    data["summary"] = "Reverted and changed."
    client.post(address, data)
    assert state_of(fresh(case)).kind == State.CLEARANCE


@pytest.mark.parametrize("who", ["superuser", "coordinator", "expert"])
@pytest.mark.parametrize("state", [State.DRAFT, State.DECISION, State.PUBLISHED, State.EMBARGOED])
def test_no_view_of_the_admin_publishes_unpublishes_moves_or_copies(
    world: World, who: str, state: State
) -> None:
    case = bring_to(world, state)
    live, parent, count = case.live, case.get_parent(), CaseStudyPage.objects.count()
    other = administration_page(world.france)
    client = admin(world[who])
    revision = case.latest_revision_id
    requests = [
        ("unpublish", [case.pk], {}),
        ("copy", [case.pk], {"new_title": "X", "new_slug": "x", "new_parent_page": other.pk}),
        ("copy", [case.pk], {"new_title": "X", "new_slug": "x", "alias": "on"}),
        ("move_confirm", [case.pk, other.pk], {}),
        ("set_privacy", [case.pk], {"restriction_type": "login"}),
        ("revisions_unschedule", [case.pk, revision], {}),
        ("convert_alias", [case.pk], {}),
        ("set_page_position", [case.pk], {}),
        ("lock", [case.pk], {}),
    ]
    for name, args, data in requests:
        client.post(reverse(f"wagtailadmin_pages:{name}", args=args), data)
    for action in ("publish", "unpublish", "move"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{address}?id={case.pk}&next=/admin/", {"chooser": other.pk})
    case = fresh(case)
    assert (case.live, case.get_parent(), case.locked) == (live, parent, False)
    assert (CaseStudyPage.objects.count(), state_of(case).kind) == (count, state)
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("state", [State.DECISION, State.PUBLISHED, State.RETURNED])
@pytest.mark.parametrize("who", ["superuser", "expert"])
def test_what_was_sent_or_published_cannot_be_deleted_in_the_admin(
    world: World, who: str, state: State
) -> None:
    case = bring_to(world, state)
    client = admin(world[who])
    client.post(reverse("wagtailadmin_pages:delete", args=[case.pk]))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{address}?id={case.pk}&next=/admin/")
    assert CaseStudyPage.objects.filter(pk=case.pk).exists()


def test_a_case_is_not_made_in_the_admin_past_its_number_and_owner(world: World) -> None:
    place = administration_page(world.malta)
    address = reverse("wagtailadmin_pages:add", args=["casestudies", "casestudypage", place.pk])
    data = {"title": "By hand", "slug": "by-hand", "action-publish": "true"}
    admin(world["superuser"]).post(address, data)
    assert not Page.objects.filter(slug="by-hand").exists()


def test_the_page_of_an_administration_stays_where_it_is(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    place = case.get_parent()
    elsewhere = administration_page(world.japan).get_parent()
    client = admin(world["superuser"])
    move = reverse("wagtailadmin_pages:move_confirm", args=[place.pk, elsewhere.pk])
    client.post(move)
    client.post(reverse("wagtailadmin_pages:delete", args=[place.pk]))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[place.pk]))
    found = Page.objects.get(pk=place.pk)
    assert (found.get_parent(), found.live) == (place.get_parent(), True)


def test_overwriting_a_revision_that_was_sent_makes_a_new_one_instead(world: World) -> None:
    case = bring_to(world, State.PUBLISHED)
    live = case.latest_revision
    Revision.objects.filter(pk=live.pk).update(user=world["expert"])
    client = admin(world["expert"])
    data = edit_data(client, case)
    save(client, case, data, overwrite_revision_id=str(live.pk), summary="Rewritten history.")
    data["overwrite_revision_id"] = str(live.pk)
    client.post(edit_url(case), data, headers={"accept": "application/json"})
    live.refresh_from_db()
    assert live.content["summary"] != "Rewritten history."


def test_schedule_fields_smuggled_into_the_form_have_no_effect(world: World) -> None:
    case = make_draft(world)
    client = admin(world["expert"])
    smuggled = {"go_live_at": "2099-01-01 00:00", "expire_at": "2027-01-01 00:00"}
    save(client, case, edit_data(client, case), summary="With a schedule.", **smuggled)
    send(world, case)
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    case = fresh(case)
    assert (case.live, case.go_live_at, case.expire_at) == (True, None, None)


def test_switching_a_task_or_the_workflow_off_publishes_nothing(world: World) -> None:
    case = bring_to(world, State.CLEARANCE)
    client = admin(world["superuser"])
    for task in Task.objects.all():
        client.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk]))
    assert state_of(fresh(case)).kind == State.CLEARANCE
    workflow = Workflow.objects.get(name="Case review")
    client.post(reverse("wagtailadmin_workflows:disable", args=[workflow.pk]))
    assert (fresh(case).live, state_of(fresh(case)).kind) == (False, State.CLEARANCE)
    assert Workflow.objects.get(pk=workflow.pk).active


def test_nobody_holds_publish_or_a_permission_on_tasks_and_workflows(world: World) -> None:
    codes = GroupPagePermission.objects.values_list("permission__codename", flat=True)
    assert set(codes) == {"add_page", "change_page"}
    for name in ("coordinator", "curator", "expert"):
        held = world[name].get_all_permissions()
        assert not [code for code in held if "workflow" in code or "task" in code]


def test_changing_the_slug_of_a_draft_makes_no_public_redirect(world: World) -> None:
    case = make_draft(world)
    client = admin(world["expert"])
    save(client, case, edit_data(client, case), title="A telling title", slug="a-telling-title")
    page = Page.objects.get(pk=case.pk)
    page.slug = "a-telling-title"
    page.save()
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("who", ["author", "contact", "member_reader", "reviewer", "reader"])
def test_low_trust_people_do_not_get_into_the_admin(world: World, who: str) -> None:
    case = make_draft(world)
    for path in ("/admin/", edit_url(case)):
        response = admin(world[who]).get(path)
        assert (response.status_code, "/login" in response["location"]) == (302, True)
