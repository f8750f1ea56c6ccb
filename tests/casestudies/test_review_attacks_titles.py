"""Attacks on the titles of others' drafts, by naming them: each was open in stock Wagtail."""

import pytest
from django.urls import reverse

from casestudies.models import CaseStudyPage
from casestudies.states import State, state_of
from portal.core.models import PortalDocument, PortalImage
from tests.casestudies.admin_forms import admin, edit_data, edit_url
from tests.factories.cases import make_collection
from tests.factories.review import World, bring_to, edit, fresh, make_draft

SECRET = "A title nobody knows"


@pytest.fixture
def secret(world: World) -> CaseStudyPage:
    """A draft of Malta."""
    return make_draft(world, title=SECRET)


@pytest.mark.parametrize("who", ["other_expert", "coordinator", "curator"])
@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_what_one_may_not_do_with_many_pages_names_none_of_them(
    world: World, secret: CaseStudyPage, action: str, who: str
) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for named in (secret.pk, "all"):
        shown = admin(world[who]).get(f"{address}?id={named}&next=/admin/")
        assert shown.status_code == 200
        assert SECRET not in shown.content.decode()


def test_a_page_that_one_knows_is_still_named_when_it_is_left_out(world: World) -> None:
    case = bring_to(world, State.DECISION, title="Known to the region")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    shown = admin(world["coordinator"]).get(f"{address}?id={case.pk}&next=/admin/")
    assert "Known to the region" in shown.content.decode()


@pytest.mark.parametrize("who", ["other_expert", "coordinator"])
@pytest.mark.parametrize("name", ["move", "move_confirm", "set_page_position"])
def test_the_pages_of_moving_a_draft_are_closed(
    world: World, secret: CaseStudyPage, name: str, who: str
) -> None:
    more = [secret.get_parent().pk] if name == "move_confirm" else []
    address = reverse(f"wagtailadmin_pages:{name}", args=[secret.pk, *more])
    assert SECRET not in admin(world[who]).get(address, follow=True).content.decode()


@pytest.mark.parametrize("who", ["other_expert", "coordinator"])
def test_the_chooser_gives_no_title_for_an_id(
    world: World, secret: CaseStudyPage, who: str
) -> None:
    address = reverse("wagtailadmin_choose_page_chosen_multiple")
    open_case = bring_to(world, State.PUBLISHED, title="Open to all")
    client = admin(world[who])
    both = client.get(address, {"id": [open_case.pk, secret.pk]}, follow=True)
    assert both.status_code == 404
    assert "Open to all" in client.get(address, {"id": open_case.pk}).content.decode()


def test_a_case_is_not_related_to_a_draft_that_its_writer_may_not_read(
    world: World, secret: CaseStudyPage
) -> None:
    own = make_draft(world, author="other_expert", administration=world.france)
    client = admin(world["other_expert"])
    data = edit_data(client, own)
    data["related_cases-TOTAL_FORMS"] = "1"
    data["related_cases-0-kind"] = "builds_on"
    data["related_cases-0-target"] = str(secret.pk)
    shown = client.post(edit_url(own), data, follow=True).content.decode()
    assert SECRET not in shown
    assert not fresh(own).get_latest_revision_as_object().related_cases.exists()


@pytest.mark.parametrize(("rows", "column"), [("images", "image"), ("files", "document")])
def test_a_material_of_another_member_is_not_hung_on_ones_own_draft(
    world: World, rows: str, column: str
) -> None:
    model = PortalImage if column == "image" else PortalDocument
    sizes = {"width": 9, "height": 9} if column == "image" else {}
    item = model.objects.create(title=SECRET, file="a.png", **sizes)
    own = make_draft(world, author="other_expert", administration=world.france)
    client = admin(world["other_expert"])
    data = edit_data(client, own)
    data[f"{rows}-TOTAL_FORMS"] = "1"
    data[f"{rows}-0-{column}"] = str(item.pk)
    data[f"{rows}-0-title"] = data[f"{rows}-0-alternative_text"] = "X"
    shown = client.post(edit_url(own), data, follow=True).content.decode()
    assert SECRET not in shown
    assert not getattr(fresh(own).get_latest_revision_as_object(), rows).exists()


def test_a_draft_is_not_put_into_a_collection_by_its_id(
    world: World, secret: CaseStudyPage
) -> None:
    collection = make_collection(cases=[bring_to(world, State.PUBLISHED)], region=world.europe)
    client = admin(world["coordinator"])
    data = edit_data(client, collection)
    data["items-0-case"] = str(secret.pk)
    assert SECRET not in client.post(edit_url(collection), data, follow=True).content.decode()


def test_an_old_text_is_not_brought_back_past_the_review(world: World) -> None:
    case = bring_to(world, State.DECISION)
    first = case.latest_revision
    edit(case, world["author"], summary="Another text.")
    address = f"/admin/api/main/pages/{case.pk}/action/revert_to_page_revision/"
    admin(world["coordinator"]).post(address, {"revision_id": first.pk})
    case = fresh(case)
    assert case.get_latest_revision_as_object().summary == "Another text."
    assert state_of(case).kind == State.DECISION


@pytest.mark.parametrize("who", ["other_expert", "coordinator", "curator"])
def test_the_admins_api_lists_no_file_of_others(world: World, who: str) -> None:
    document = PortalDocument.objects.create(title=SECRET, file="documents/a.pdf")
    client = admin(world[who])
    listed = client.get("/admin/api/main/documents/").json()
    assert listed["items"] == []
    one = client.get(f"/admin/api/main/documents/{document.pk}/", follow=True)
    assert one.status_code == 404
    address = reverse("wagtail_bulk_action", args=["core", "portaldocument", "delete"])
    shown = client.get(f"{address}?id={document.pk}&next=/admin/").content.decode()
    assert SECRET not in shown
