"""Coordinators and expert editors do the whole review in the Wagtail admin as well."""

import pytest
from django.urls import reverse

from casestudies.models import CaseStudyPage, CaseTopic
from casestudies.permissions import may_see_draft
from casestudies.services.actions import token_of
from casestudies.states import State, state_of
from portal.directory.models import User
from tests.casestudies.admin_forms import (
    admin,
    decide_in_edit_page,
    edit_data,
    edit_url,
    modal_url,
    save,
)
from tests.factories.cases import make_term, make_topic
from tests.factories.review import World, act, bring_to, edit, fresh, make_draft, send

pytestmark = pytest.mark.usefixtures("every_task")
COMPLETE = {
    "stage": "idea",
    "year": None,
    "problem": "Queues.",
    "solution": "Booked slots.",
    "outcomes": "Shorter queues.",
    "lessons": "Begin with one gate.",
    "owner_unit": "Port division",
    "owner_mailbox": "port@customs.example",
    "cleared": True,
    "no_sensitive_detail": True,
}


def complete_draft(world: World) -> CaseStudyPage:
    """A draft in which nothing is missing."""
    terms = [make_term("building_block", "integrity"), make_term("innovation_type", "process")]
    return make_draft(world, topics=["origin"], terms=terms, **COMPLETE)


def test_an_incomplete_draft_is_not_sent_from_the_edit_page(world: World) -> None:
    case = make_draft(world)
    client = admin(world["expert"])
    data = edit_data(client, case)
    data["action-submit"] = "action-submit"
    response = client.post(edit_url(case), data, follow=True)
    assert b"Choose at least one topic." in response.content
    assert state_of(fresh(case)).kind == State.DRAFT


def test_an_expert_editor_edits_a_draft_and_sends_it(world: World) -> None:
    case = complete_draft(world)
    client = admin(world["expert"])
    data = edit_data(client, case)
    response = save(client, case, data, summary="Mended in the admin.")
    assert response.status_code == 302
    assert fresh(case).get_latest_revision_as_object().summary == "Mended in the admin."
    data = edit_data(client, case)
    data["action-submit"] = "action-submit"
    assert client.post(edit_url(case), data).status_code == 302
    assert state_of(fresh(case)).kind == State.CLEARANCE


def test_a_coordinator_publishes_from_the_edit_page(world: World) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    data = edit_data(client, case)
    response = decide_in_edit_page(client, case, data, "publish", reasons="")
    assert response.status_code == 302
    assert fresh(case).live


def test_a_coordinator_returns_a_case_from_the_small_window(world: World) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    window = client.get(modal_url(case, "return")).json()
    assert token_of(fresh(case).latest_revision) in window["html"]
    answers = {"seen": token_of(fresh(case).latest_revision), "reasons": "Add a figure."}
    client.post(modal_url(case, "return"), answers)
    assert state_of(fresh(case)).reasons == "Add a figure."


def test_what_waits_for_a_coordinator_stands_on_the_admins_front_page(world: World) -> None:
    bring_to(world, State.DECISION, title="Waits for Europe")
    assert b"Waits for Europe" in admin(world["coordinator"]).get("/admin/").content
    assert b"Waits for Europe" not in admin(world["foreign_coordinator"]).get("/admin/").content


def test_the_edit_page_offers_only_the_actions_of_the_step(world: World) -> None:
    case = bring_to(world, State.DECISION)
    page = admin(world["coordinator"]).get(edit_url(case)).content.decode()
    assert 'data-workflow-action-name="publish"' in page
    for absent in ("action-publish", "action-cancel-workflow", "action-restart-workflow"):
        assert f'name="{absent}"' not in page


def test_terms_by_vocabulary_and_topics_in_order_are_kept(world: World) -> None:
    drones, sea = make_term("technology", "drones"), make_term("mode", "sea")
    first, second = make_topic("origin"), make_topic("valuation")
    case = make_draft(world, terms=[sea])
    client = admin(world["expert"])
    data = edit_data(client, case)
    data.setlist("terms_technology", [str(drones.pk)])
    data["topic_items-TOTAL_FORMS"] = "2"
    for index, topic in enumerate((second, first)):
        data[f"topic_items-{index}-tag"] = str(topic.pk)
        data[f"topic_items-{index}-ORDER"] = str(index + 1)
        data[f"topic_items-{index}-id"] = ""
        data[f"topic_items-{index}-DELETE"] = ""
    assert save(client, case, data).status_code == 302
    draft = fresh(case).get_latest_revision_as_object()
    assert {term.slug for term in draft.terms.all()} == {"drones", "sea"}
    assert [topic.slug for topic in draft.ordered_topics] == ["valuation", "origin"]


def test_a_topic_named_twice_is_refused(world: World) -> None:
    topic = make_topic("origin")
    case = make_draft(world)
    client = admin(world["expert"])
    data = edit_data(client, case)
    data["topic_items-TOTAL_FORMS"] = "2"
    for index in range(2):
        data[f"topic_items-{index}-tag"] = str(topic.pk)
        data[f"topic_items-{index}-ORDER"] = str(index + 1)
        data[f"topic_items-{index}-id"] = ""
        data[f"topic_items-{index}-DELETE"] = ""
    response = save(client, case, data)
    assert response.status_code == 200
    assert b"duplicate" in response.content
    assert not CaseTopic.objects.filter(content_object=case).exists()


def test_the_line_ends_of_a_browser_are_no_change(world: World) -> None:
    case = bring_to(world, State.DECISION, problem="One.\n\nTwo.", results=[{"indicator": "Hours"}])
    client = admin(world["coordinator"])
    save(client, case, edit_data(client, case), problem="One.\r\n\r\nTwo.\r\n")
    assert state_of(fresh(case)).kind == State.DECISION
    data = edit_data(client, case)
    data["problem"] = "One.\r\n\r\nTwo."
    decide_in_edit_page(client, case, data, "publish")
    assert fresh(case).problem == "One.\n\nTwo."


def test_saving_without_a_change_in_review_leaves_the_review_where_it_is(world: World) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    save(client, case, edit_data(client, case))
    assert state_of(fresh(case)).kind == State.DECISION


def test_a_changed_text_starts_again_at_clearance_and_keeps_its_sender(world: World) -> None:
    case = bring_to(world, State.DECISION)
    client = admin(world["coordinator"])
    save(client, case, edit_data(client, case), summary="Mended by the region.")
    case = fresh(case)
    assert state_of(case).kind == State.CLEARANCE
    assert case.current_workflow_state.requested_by == world["author"]


def test_the_second_of_two_editors_does_not_overwrite_the_first(world: World) -> None:
    case = make_draft(world)
    client = admin(world["expert"])
    old = edit_data(client, case)
    save(client, case, edit_data(client, case), summary="First.")
    response = client.post(edit_url(case), old, follow=True)
    assert b"has changed since you opened it" in response.content
    assert fresh(case).get_latest_revision_as_object().summary == "First."


@pytest.mark.parametrize("name", ["other_expert", "foreign_coordinator", "coordinator"])
def test_nobody_else_meets_a_draft_in_the_admin(world: World, name: str) -> None:
    case = make_draft(world, title="Quietly prepared")
    client = admin(world[name])
    listing = reverse("wagtailadmin_explore", args=[case.get_parent().pk])
    pages = [
        "/admin/",
        listing,
        "/admin/pages/search/?q=Quietly",
        "/admin/choose-page/?page_type=casestudies.casestudypage",
        "/admin/choose-page/search/?page_type=casestudies.casestudypage&q=Quietly",
        "/admin/pages/usage/casestudies/casestudypage/",
        "/admin/reports/site-history/",
        "/admin/reports/aging-pages/",
        "/admin/reports/locked/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/page-types-usage/",
        "/admin/api/main/pages/?fields=title",
    ]
    for path in pages:
        response = client.get(path, follow=True)
        assert b"Quietly prepared" not in response.content, path
    for view in ("edit", "history", "view_draft", "delete", "copy", "move", "workflow_history"):
        response = client.get(reverse(f"wagtailadmin_pages:{view}", args=[case.pk]), follow=True)
        assert b"Quietly prepared" not in response.content, view


CHOOSERS = [
    "/admin/choose-page/{parent}/?page_type=casestudies.casestudypage",
    "/admin/choose-page/search/?page_type=casestudies.casestudypage&q=Malta",
]


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_a_chooser_names_the_published_title_and_not_that_of_the_next_version(
    world: World, chooser: str
) -> None:
    case = bring_to(world, State.PUBLISHED, title="Malta says this")
    edit(case, world["author"], title="Malta will say that")
    content = _chosen_from(world["other_expert"], chooser, case)
    assert b"Malta says this" in content
    assert b"Malta will say that" not in content


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_a_chooser_leaves_out_what_the_person_may_not_read(world: World, chooser: str) -> None:
    case = bring_to(world, State.PUBLISHED, title="Malta for its region", visibility="region")
    assert b"Malta for its region" in _chosen_from(world["other_expert"], chooser, case)
    assert b"Malta for its region" not in _chosen_from(world["foreign_coordinator"], chooser, case)


def _chosen_from(person: User, chooser: str, case: CaseStudyPage) -> bytes:
    return admin(person).get(chooser.format(parent=case.get_parent().pk)).content


def test_a_case_that_came_back_to_its_member_leaves_the_lists_of_the_region(world: World) -> None:
    case = bring_to(world, State.RETURNED, title="First words")
    coordinator = world["coordinator"]
    assert may_see_draft(coordinator, case)
    assert not CaseStudyPage.objects.unseen_by(coordinator).filter(pk=case.pk).exists()
    send(world, edit(case, world["author"], title="Quite other words"))
    act(case, world["contact"], "return", "Not yet.")
    assert not may_see_draft(coordinator, fresh(case))
    assert CaseStudyPage.objects.unseen_by(coordinator).filter(pk=case.pk).exists()


def test_a_sent_case_appears_in_its_coordinators_lists(world: World) -> None:
    case = send(world, make_draft(world, title="Now it is sent"))
    listing = reverse("wagtailadmin_explore", args=[case.get_parent().pk])
    assert b"Now it is sent" in admin(world["coordinator"]).get(listing).content
    assert b"Now it is sent" not in admin(world["foreign_coordinator"]).get(listing).content
