"""What people hear of a published case: of its changes, its readers, its place, its co-authors."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.formats import date_format

from casestudies.models import CaseStudyPage, Notification, Visibility
from casestudies.services.keeping import change_visibility, move_case
from casestudies.services.posting import send_due_mails
from casestudies.services.together import name_co_author
from casestudies.states import State
from tests.factories.review import World, act, bring_to, edit, fresh, make_draft, send
from tests.support.visitor import signed_in

MINOR = {"change_kind": "minor", "change_note": "A figure corrected."}
Told = set[tuple[str, str]]


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A public case of Malta; what was told of it so far is forgotten."""
    made = bring_to(world, State.PUBLISHED, title="Parcels")
    Notification.objects.all().delete()
    return made


def told() -> Told:
    """Give who was told of what since this was asked before."""
    rows = Notification.objects.values_list("person__email", "event")
    found = {(email.split("@")[0], event) for email, event in rows}
    Notification.objects.all().delete()
    return found


def test_a_minor_change_is_told_when_it_is_sent_and_when_it_is_on_the_forum(
    world: World, case: CaseStudyPage
) -> None:
    edit(case, world["colleague"], lessons="Agree early.", **MINOR)
    send(world, case, "colleague")
    assert told() == {("contact", "change_to_clear")}
    act(case, world["contact"], "clear")
    # Who began the case hears of it too, although a colleague wrote the change.
    assert told() == {("colleague", "change_published"), ("author", "change_published")}


def test_a_substantive_change_is_told_at_each_step(world: World, case: CaseStudyPage) -> None:
    edit(case, world["author"], lessons="Agree early.")
    send(world, case)
    told()
    act(case, world["contact"], "clear")
    assert told() == {
        ("author", "change_cleared"),
        ("coordinator", "change_to_decide"),
        ("coordinator2", "change_to_decide"),
    }
    act(case, world["coordinator"], "publish")
    assert told() == {("author", "change_published"), ("contact", "change_published")}


@pytest.mark.parametrize(
    ("action", "event"), [("return", "change_returned"), ("decline", "change_declined")]
)
def test_a_change_that_comes_back_is_told_with_reasons_and_what_stays(
    world: World, case: CaseStudyPage, action: str, event: str
) -> None:
    edit(case, world["author"], lessons="Agree early.")
    send(world, case)
    act(case, world["contact"], "clear")
    Notification.objects.all().delete()
    act(case, world["coordinator"], action, "Say when.")
    send_due_mails()
    assert told() == {("author", event), ("contact", event)}
    assert {message.to[0] for message in mail.outbox} == {
        "author@example.test",
        "contact@example.test",
    }
    for message in mail.outbox:
        assert "Say when." in message.body
        assert "The present version stays on the forum." in message.body


def test_a_first_version_is_told_as_such(world: World) -> None:
    case = make_draft(world)
    send(world, case)
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    assert {event for _who, event in told()} == {"to_clear", "to_decide", "cleared", "published"}


def test_a_change_that_waits_for_its_date_is_told_with_it(
    world: World, case: CaseStudyPage
) -> None:
    day = timezone.localdate() + timedelta(days=30)
    edit(case, world["author"], lessons="Agree early.", embargo_until=day)
    send(world, case)
    act(case, world["contact"], "clear")
    Notification.objects.all().delete()
    act(case, world["coordinator"], "publish")
    send_due_mails()
    assert told() == {("author", "approved"), ("contact", "approved")}
    assert all(date_format(day, "DATE_FORMAT") in message.body for message in mail.outbox)


def test_other_readers_are_told_to_owners_contact_points_and_coordinators(
    world: World, case: CaseStudyPage
) -> None:
    name_co_author(case=case, person=world["colleague"], by=world["author"])
    Notification.objects.all().delete()
    change_visibility(
        case=case, by=world["coordinator"], to=Visibility.MEMBERS, reason="A partner asked."
    )
    send_due_mails()
    people = ("author", "colleague", "contact", "coordinator2")
    assert told() == {(who, "visibility_changed") for who in people}
    assert all(str(Visibility.MEMBERS.label) in message.body for message in mail.outbox)


def test_a_case_that_moves_is_told_to_those_who_get_it_and_those_who_had_it(
    world: World, case: CaseStudyPage
) -> None:
    move_case(case=case, by=world["coordinator"], administration=world.france, reason="Merged.")
    left = Notification.objects.get(event="moved_away", person=world["author"])
    opened = signed_in(world["author"]).get(f"/en/workspace/notifications/{left.pk}/", follow=True)
    assert opened.status_code == 200
    assert opened.request["PATH_INFO"] == fresh(case).url
    assert told() == {
        ("author", "moved_away"),
        ("contact", "moved_away"),
        ("other_contact", "moved"),
        ("coordinator2", "moved"),
    }


def test_who_had_a_case_hears_no_title_that_its_move_has_hidden(
    world: World, case: CaseStudyPage
) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(visibility=Visibility.REGION)
    move_case(case=case, by=world["curator"], administration=world.japan, reason="A mistake.")
    page = signed_in(world["author"]).get("/en/workspace/notifications/").content.decode()
    assert "Given to another administration" in page
    assert "Parcels" not in page
    send_due_mails()
    assert "author@example.test" not in {message.to[0] for message in mail.outbox}


def test_a_co_author_finds_it_behind_the_bell_and_hears_what_was_decided(
    world: World, case: CaseStudyPage
) -> None:
    name_co_author(case=case, person=world["colleague"], by=world["author"])
    assert told() == {("colleague", "co_author")}
    edit(case, world["author"], lessons="Agree early.")
    send(world, case)
    told()
    act(case, world["contact"], "return", "Say when.")
    assert told() == {("author", "change_returned"), ("colleague", "change_returned")}
