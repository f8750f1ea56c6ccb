"""The versions of a case: public, with what changed, and no more than a reader may read."""

import pytest
from django.test import Client
from django.urls import reverse

from casestudies.models import CaseStudyPage, CaseVersion, Visibility
from casestudies.services.keeping import change_visibility, confirm_case
from casestudies.services.lifecycle import restore_case, withdraw_case
from casestudies.states import State
from tests.casestudies.admin_forms import admin
from tests.factories.review import World, act, bring_to, edit, fresh, send

MINOR = {"change_kind": "minor", "change_note": "A word corrected <b>."}


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A public case with three versions."""
    made = bring_to(world, State.PUBLISHED, lessons="Agree late.", contact_name="Officer Zammit")
    for words, person in (
        ("Agree early.", "Officer Borg"),
        ("Agree early, please.", "Officer Pace"),
    ):
        edit(made, world["author"], lessons=words, contact_name=person, **MINOR)
        send(world, made)
        act(made, world["contact"], "clear")
    return fresh(made)


def body(client: Client, case: CaseStudyPage, query: str = "") -> str:
    """Give the page of the versions; anything but 200 fails."""
    response = client.get(reverse("casestudies:versions", args=[case.number]) + query)
    assert response.status_code == 200
    return response.content.decode()


def status(client: Client, case: CaseStudyPage, query: str = "") -> int:
    """Give the status of the page of the versions."""
    address = reverse("casestudies:versions", args=[case.number]) + query
    return client.get(address).status_code


def test_everybody_reads_when_each_version_came_and_what_changed(
    client: Client, case: CaseStudyPage
) -> None:
    page = body(client, case)
    assert [f"Version {number}:" in page for number in (1, 2, 3)] == [True] * 3
    assert "A word corrected &lt;b&gt;." in page
    address = reverse("casestudies:versions", args=[case.number])
    assert address in client.get(case.url).content.decode()


def test_any_two_versions_stand_side_by_side_in_either_order(
    client: Client, case: CaseStudyPage
) -> None:
    for query in ("?older=1&newer=3", "?older=3&newer=1"):
        page = body(client, case, query)
        assert "from version 1 to version 3" in page
        assert "<del>late</del>" in page
        assert "<ins>early, please</ins>" in page


def test_the_public_does_not_read_who_was_the_contact_and_officers_do(
    client: Client, world: World, case: CaseStudyPage
) -> None:
    query = "?older=1&newer=2"
    assert "Zammit" not in body(client, case, query)
    assert "Zammit" in body(admin(world["member_reader"]), case, query)
    assert "Zammit" not in body(client, case, query)


@pytest.mark.parametrize("query", ["?older=1", "?older=1&newer=9", "?older=x&newer=2"])
def test_a_version_that_is_not_there_is_not_found(
    client: Client, case: CaseStudyPage, query: str
) -> None:
    assert status(client, case, query) == 404


def test_what_was_for_members_stays_for_members_when_the_case_is_opened(
    client: Client, world: World, case: CaseStudyPage
) -> None:
    confirm_case(case=case, by=world["author"], note="Nothing to add.")
    CaseStudyPage.objects.filter(pk=case.pk).update(visibility=Visibility.MEMBERS)
    CaseVersion.objects.filter(page=case).update(visibility=Visibility.MEMBERS)
    assert status(client, case) == 404
    change_visibility(case=case, by=world["contact"], to=Visibility.PUBLIC, reason="Agreed.")
    page = body(client, case)
    assert "Version 3:" in page
    assert "Nothing to add." in page
    assert "Version 2:" not in page
    assert status(client, case, "?older=1&newer=3") == 404
    assert status(admin(world["member_reader"]), case, "?older=1&newer=3") == 200


def test_a_note_about_a_hidden_version_is_hidden_with_it(
    client: Client, world: World, case: CaseStudyPage
) -> None:
    CaseVersion.objects.filter(page=case).update(visibility=Visibility.MEMBERS)
    confirm_case(case=case, by=world["author"], note="Nothing to add.")
    assert "Nothing to add." not in body(client, case)
    assert "Nothing to add." in body(admin(world["member_reader"]), case)


def test_a_withdrawn_case_shows_no_version_to_anybody_and_all_again_when_restored(
    client: Client, world: World, case: CaseStudyPage
) -> None:
    withdraw_case(case=case, by=world["contact"], reason="A mistake.")
    for visitor in (client, admin(world["author"]), admin(world["superuser"])):
        assert status(visitor, case, "?older=1&newer=2") == 410
    restore_case(case=case, by=world["coordinator"])
    assert "Version 3:" in body(client, case)


def test_restoring_a_narrowed_case_does_not_open_it_again(
    world: World, case: CaseStudyPage
) -> None:
    change_visibility(case=case, by=world["contact"], to=Visibility.REGION, reason="Sensitive.")
    withdraw_case(case=case, by=world["contact"], reason="A mistake.")
    restore_case(case=case, by=world["coordinator"])
    assert (fresh(case).visibility, fresh(case).live) == (Visibility.REGION, True)
    draft = fresh(case).get_latest_revision_as_object()
    assert draft.visibility == Visibility.REGION
