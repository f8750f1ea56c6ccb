"""Keeping a published case: still true, other readers, another administration."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.downloads import may_download, may_keep
from casestudies.freshness import NOTICE, SILENCE, freshness_of
from casestudies.models import CaseImage, CaseStudyPage, Confirmation, Visibility
from casestudies.models.choices import Freshness
from casestudies.renewal import cases_due_for_reminder
from casestudies.services.keeping import change_visibility, confirm_case, move_case
from casestudies.services.publication import review_date
from casestudies.services.refusals import Refused
from casestudies.services.uploads import store_image
from casestudies.states import State
from portal.core.models import AuditEntry
from search.models import HiddenFrom, IndexChange
from tests.casestudies.admin_forms import admin
from tests.factories.review import World, act, bring_to, edit, fresh, make_draft, send
from tests.portal.hostile_files.pictures import drawn


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A public case of Malta."""
    return bring_to(world, State.PUBLISHED)


def last_change(case: CaseStudyPage) -> IndexChange:
    """Give what search was last told about a case."""
    found = IndexChange.objects.filter(kind="case", object_id=case.pk).last()
    assert found is not None
    return found


def test_freshness_turns_due_60_days_before_and_outdated_after_90_days_of_silence() -> None:
    day = date(2026, 6, 1)
    turns = {
        day - NOTICE - timedelta(days=1): Freshness.CURRENT,
        day - NOTICE: Freshness.DUE,
        day: Freshness.DUE,
        day + SILENCE: Freshness.DUE,
        day + SILENCE + timedelta(days=1): Freshness.OUTDATED,
    }
    assert {today: freshness_of(day, today) for today in turns} == turns
    assert (NOTICE.days, SILENCE.days) == (60, 90)


def test_owners_are_due_a_reminder_60_and_14_days_before_the_date(case: CaseStudyPage) -> None:
    today = timezone.localdate()
    due = {}
    for days in (61, 60, 15, 14, 0, -1):
        CaseStudyPage.objects.filter(pk=case.pk).update(review_by=today + timedelta(days=days))
        due[days] = [item.days for item in cases_due_for_reminder(today)]
    assert due == {61: [], 60: [60], 15: [60], 14: [14], 0: [14], -1: []}


def test_one_click_with_a_note_makes_a_case_current_again(
    world: World, case: CaseStudyPage, client: Client
) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(review_by=date(2020, 1, 1))
    page = admin(world["colleague"])
    address = reverse("casestudies:workspace_case", args=[case.number])
    assert "Is it still true?" in page.get(address).content.decode()
    page.post(
        reverse("casestudies:workspace_confirm", args=[case.number]), {"note": "Still so <i>."}
    )
    assert fresh(case).review_by == review_date(timezone.localdate())
    assert Confirmation.objects.get(page=case).confirmed_by == world["colleague"]
    assert AuditEntry.objects.get(action="casestudies.confirmed").reason == "Still so <i>."
    assert last_change(case).hidden_from == HiddenFrom.NOBODY
    shown = client.get(reverse("casestudies:versions", args=[case.number])).content.decode()
    assert "Still so &lt;i&gt;." in shown
    assert world["colleague"].first_name not in shown


def test_a_draft_begun_before_does_not_bring_the_old_date_back(
    world: World, case: CaseStudyPage
) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(review_by=date(2020, 1, 1))
    minor = {"change_kind": "minor", "change_note": "A comma."}
    edit(case, world["author"], lessons="Agree early.", **minor)
    confirm_case(case=case, by=world["author"])
    send(world, case)
    act(case, world["contact"], "clear")
    assert (fresh(case).lessons, fresh(case).review_by) == (
        "Agree early.",
        review_date(timezone.localdate()),
    )


def test_fewer_readers_hold_at_once_on_the_page_in_search_and_on_record(
    world: World, case: CaseStudyPage, client: Client
) -> None:
    address = reverse("casestudies:review_readers", args=[case.pk])
    data = {"readers": "members", "reason": "A partner asked for it."}
    assert client.get(case.url).status_code == 200
    assert admin(world["coordinator"]).post(address, data).status_code == 302
    assert client.get(case.url).status_code == 404
    assert admin(world["member_reader"]).get(case.url).status_code == 200
    assert last_change(case).hidden_from == HiddenFrom.PUBLIC
    entry = AuditEntry.objects.get(action="casestudies.visibility_changed")
    assert (entry.reason, entry.person_id) == ("A partner asked for it.", world["coordinator"].pk)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_readers_and_place_are_not_changed_without_a_reason(
    world: World, case: CaseStudyPage, reason: str
) -> None:
    with pytest.raises(Refused, match="reason"):
        change_visibility(case=case, by=world["contact"], to=Visibility.REGION, reason=reason)
    with pytest.raises(Refused, match="reason"):
        move_case(case=case, by=world["curator"], administration=world.france, reason=reason)
    assert (fresh(case).visibility, fresh(case).administration) == ("public", world.malta)


def test_a_new_version_does_not_open_a_case_that_was_narrowed_meanwhile(
    world: World, case: CaseStudyPage
) -> None:
    edit(case, world["author"], lessons="Agree early.", visibility="public")
    send(world, case)
    change_visibility(case=case, by=world["contact"], to=Visibility.REGION, reason="Sensitive.")
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    assert (fresh(case).lessons, fresh(case).visibility) == ("Agree early.", Visibility.REGION)


def test_the_wizard_does_not_ask_a_published_case_who_may_read_it(
    world: World, case: CaseStudyPage
) -> None:
    address = reverse("casestudies:share_step", args=[case.number, "rights"])
    assert b'name="visibility"' not in admin(world["author"]).get(address).content


def test_a_case_goes_to_another_administration_with_its_address_and_its_rights(
    world: World, case: CaseStudyPage, client: Client
) -> None:
    old_address = case.url
    address = reverse("casestudies:review_move", args=[case.pk])
    data = {"administration": str(world.france.pk), "reason": "The service was merged."}
    assert admin(world["coordinator"]).post(address, data).status_code == 302
    moved = fresh(case)
    assert (moved.administration, moved.number) == (world.france, case.number)
    assert moved.get_parent().slug == "france"
    assert moved.url != old_address
    assert client.get(moved.url).status_code == 200
    assert client.get(old_address).headers["Location"] == moved.url
    permanent = client.get(reverse("casestudies:permanent", args=[case.number]))
    assert permanent.headers["Location"] == moved.url
    workspace = reverse("casestudies:workspace_case", args=[case.number])
    assert admin(world["author"]).get(workspace).status_code == 404
    assert admin(world["other_contributor"]).get(workspace).status_code == 200
    assert AuditEntry.objects.get(action="casestudies.moved").reason == "The service was merged."


def test_pictures_go_along_but_those_that_another_case_shows(
    world: World, case: CaseStudyPage, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    own, shared = (
        store_image(
            author=world["author"],
            administration=world.malta,
            upload=SimpleUploadedFile(f"{name}.png", drawn("PNG")),
        )
        for name in ("own", "shared")
    )
    for page, image in ((case, own), (case, shared), (make_draft(world), shared)):
        CaseImage.objects.create(page=page, image=image, alternative_text="A gate.")
    move_case(case=case, by=world["curator"], administration=world.france, reason="Merged.")
    newcomer, former = world["other_contributor"], world["author"]
    for image in (own, shared):
        image.refresh_from_db()
    assert [bool(may_keep(newcomer, image)) for image in (own, shared)] == [True, False]
    assert [bool(may_keep(former, image)) for image in (own, shared)] == [False, True]
    assert all(may_download(newcomer, image) for image in (own, shared))


@pytest.mark.parametrize("name", ["review_readers", "review_move"])
def test_the_pages_of_these_acts_ask_for_a_reason(
    world: World, case: CaseStudyPage, name: str
) -> None:
    address = reverse(f"casestudies:{name}", args=[case.pk])
    visitor = admin(world["coordinator"])
    assert visitor.get(address).status_code == 200
    answer = visitor.post(address, {"reason": " "})
    assert answer.status_code == 422
    assert "Give the reason." in answer.content.decode()
    links = visitor.get(reverse("casestudies:review_case", args=[case.pk])).content.decode()
    assert address in links


def test_a_regional_case_that_moves_is_out_of_search_until_its_new_region_is_known(
    world: World, case: CaseStudyPage
) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(visibility=Visibility.REGION)
    move_case(case=case, by=world["curator"], administration=world.japan, reason="A mistake.")
    assert last_change(case).hidden_from == HiddenFrom.EVERYBODY
    assert admin(world["member_reader"]).get(fresh(case).url).status_code == 404
    assert admin(world["foreign_contact"]).get(fresh(case).url).status_code == 200


def test_a_coordinator_moves_no_case_into_a_region_of_others(
    world: World, case: CaseStudyPage
) -> None:
    with pytest.raises(Refused):
        move_case(case=case, by=world["coordinator"], administration=world.japan, reason="Because.")


def test_a_case_in_review_is_not_moved(world: World, case: CaseStudyPage) -> None:
    edit(case, world["author"], lessons="Agree early.")
    send(world, case)
    with pytest.raises(Refused, match="in review"):
        move_case(case=case, by=world["curator"], administration=world.france, reason="Because.")
