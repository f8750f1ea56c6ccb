"""Reminders: whoever is waited for hears of it once, by day, and then those who can help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState

from casestudies.models import CaseStudyPage, Notification, ReviewAssignment
from casestudies.services import reminders
from casestudies.services.posting import send_due_mails
from casestudies.services.reminders import send_reminders
from casestudies.services.reviewing import decline_invitation, take_back_invitation
from casestudies.states import State
from portal.directory.models import Region
from portal.home.clock import Clock
from tests.factories.directory import make_membership, make_user
from tests.factories.many import copies_in_review
from tests.factories.review import (
    World,
    act,
    assign,
    bring_to,
    invite,
    make_draft,
    reviewed,
    send,
    task_state_of,
)
from tests.support.visitor import signed_in

# A noon in Europe that no change of summer time is near to.
NOON = datetime(2031, 1, 20, 12, tzinfo=ZoneInfo("Europe/Brussels"))
DAY = timedelta(days=1)


def waiting(case: CaseStudyPage, days: int) -> CaseStudyPage:
    """Let a case, and all that is asked about it, have waited for some days at noon."""
    began = NOON - days * DAY
    TaskState.objects.filter(pk=task_state_of(case).pk).update(started_at=began)
    ReviewAssignment.objects.filter(case=case).update(since=began)
    Notification.objects.filter(case=case).update(made_at=began)
    return case


def reminded(now: datetime = NOON) -> dict[str, set[str]]:
    """Let the clock remind, and give who was told of what by it."""
    Notification.objects.filter(event__regex="^(remind|silent)").delete()
    send_reminders(now=now)
    found: dict[str, set[str]] = {}
    for item in Notification.objects.filter(event__regex="^(remind|silent)"):
        found.setdefault(item.event, set()).add(item.person.first_name)
    return found


@pytest.mark.parametrize(
    ("state", "days", "event", "people"),
    [
        (State.CLEARANCE, 10, "remind_clear", {"contact"}),
        (State.DECISION, 14, "remind_decide", {"coordinator", "coordinator2"}),
    ],
)
def test_who_holds_a_case_is_reminded_after_the_days_of_its_step(
    world: World, state: State, days: int, event: str, people: set[str]
) -> None:
    case = waiting(bring_to(world, state), days)
    assert reminded(NOON - timedelta(minutes=1)) == {}
    assert reminded() == {event: people}
    assert reminded() == reminded(NOON + DAY) == {}
    assert Notification.objects.filter(case=case).exists()


def test_a_reviewer_is_reminded_after_a_week_to_answer_and_to_send(world: World) -> None:
    case = bring_to(world, State.DECISION, with_reviewers=True)
    waiting(case, 7)
    assert reminded(NOON - timedelta(minutes=1)) == {}
    assert reminded() == {"remind_answer": {"invited"}, "remind_review": {"assigned"}}
    assert reminded(NOON + DAY) == {}


def test_each_wait_is_one_of_its_own(world: World) -> None:
    case = waiting(bring_to(world, State.CLEARANCE), 10)
    assert reminded() == {"remind_clear": {"contact"}}
    act(case, world["contact"], "return", "A figure, please.")
    send(world, case)
    waiting(case, 10)
    assert reminded() == {"remind_clear": {"contact"}}


def test_accepting_begins_a_wait_of_its_own(world: World) -> None:
    case = bring_to(world, State.DECISION)
    asked = invite(world, case)
    waiting(case, 7)
    assert reminded() == {"remind_answer": {"invited"}}
    ReviewAssignment.objects.filter(pk=asked.pk).update(state="accepted", since=NOON)
    assert reminded(NOON + 6 * DAY) == {}
    assert reminded(NOON + 7 * DAY)["remind_review"] == {"invited"}


def test_the_days_are_each_regions_own(world: World) -> None:
    days = {"clearance_days": 3, "review_days": 2, "decision_days": 5}
    Region.objects.filter(pk=world.europe.pk).update(**days)
    waiting(bring_to(world, State.CLEARANCE), 3)
    waiting(bring_to(world, State.DECISION), 4)
    late = bring_to(world, State.DECISION)
    invite(world, late)
    waiting(late, 2)
    assert reminded() == {"remind_clear": {"contact"}, "remind_answer": {"invited"}}
    assert reminded(NOON + DAY) == {"remind_decide": {"coordinator", "coordinator2"}}


@pytest.mark.parametrize(
    ("zone", "clock", "day"),
    [
        ("Europe/Brussels", "07:59", False),
        ("Europe/Brussels", "08:00", True),
        ("Europe/Brussels", "17:59", True),
        ("Europe/Brussels", "18:00", False),
        ("Europe/Brussels", "03:00", False),
        ("Asia/Tokyo", "12:00", False),
        ("Asia/Tokyo", "00:30", True),
    ],
)
def test_nobody_is_reminded_at_night_of_their_region(
    world: World, zone: str, clock: str, day: bool
) -> None:
    Region.objects.filter(pk=world.europe.pk).update(time_zone=zone)
    waiting(bring_to(world, State.CLEARANCE), 30)
    hour, minute = map(int, clock.split(":"))
    assert bool(reminded(NOON.replace(hour=hour, minute=minute))) is day


def test_a_reminder_that_was_late_by_mail_waits_for_the_morning(world: World) -> None:
    waiting(bring_to(world, State.CLEARANCE), 10)
    Notification.objects.update(mail=Notification.Mail.SENT)
    reminded()
    evening = NOON.replace(hour=20)
    assert send_due_mails(now=evening) == 0
    assert send_due_mails(now=NOON.replace(hour=7) + DAY) == 0
    assert send_due_mails(now=NOON.replace(hour=8) + DAY) == 1
    assert "Still waiting" in mail.outbox[0].subject


def test_it_is_quiet_when_nothing_is_open(world: World) -> None:
    waited = bring_to(world, State.CLEARANCE)
    waiting(waited, 30)
    act(waited, world["contact"], "clear")
    for state in (State.RETURNED, State.DECLINED, State.PUBLISHED, State.WITHDRAWN, State.DRAFT):
        bring_to(world, state, with_reviewers=True)
    case = bring_to(world, State.DECISION)
    decline_invitation(assignment=invite(world, case), by=world["invited"], reason="No time.")
    take_back_invitation(assignment=assign(world, case), by=world["coordinator"])
    reviewed(world, case, "reviewer")
    ReviewAssignment.objects.update(since=NOON - 90 * DAY)
    TaskState.objects.exclude(status="in_progress").update(started_at=NOON - 90 * DAY)
    TaskState.objects.filter(status="in_progress").update(started_at=NOON)
    assert reminded() == {}


def test_nobody_is_reminded_of_what_was_done_while_the_clock_was_looking(world: World) -> None:
    case = waiting(bring_to(world, State.CLEARANCE), 10)
    (wait,) = reminders._waits_in(world.europe, NOON)
    act(case, world["contact"], "clear")
    assert not reminders._tell_once(wait, "remind_clear", NOON)
    assert not Notification.objects.filter(event="remind_clear").exists()


def test_two_clocks_remind_once(world: World) -> None:
    waiting(bring_to(world, State.CLEARANCE), 10)
    (wait,) = reminders._waits_in(world.europe, NOON)
    told = [reminders._tell_once(wait, "remind_clear", NOON) for _clock in range(2)]
    assert told == [True, False]
    assert Notification.objects.filter(event="remind_clear").count() == 1


def test_a_mail_about_what_was_done_meanwhile_is_not_sent(world: World) -> None:
    case = waiting(bring_to(world, State.CLEARANCE), 10)
    Notification.objects.update(mail=Notification.Mail.SENT)
    reminded()
    act(case, world["contact"], "clear")
    Notification.objects.exclude(event="remind_clear").delete()
    assert send_due_mails(now=NOON) == 0
    assert mail.outbox == []


def test_coordinators_and_new_substitutes_learn_when_the_contact_point_stays_silent(
    world: World,
) -> None:
    waiting(bring_to(world, State.CLEARANCE), 10)
    assert send_reminders(now=NOON) == 1
    substitute = make_user(first_name="substitute")
    today = timezone.localdate()
    make_membership(
        substitute, "contact_point", administration=world.malta, since=today, until=today + DAY
    )
    before = set(Notification.objects.values_list("pk", flat=True))
    assert send_reminders(now=NOON + 10 * DAY - timedelta(minutes=1)) == 0
    assert [send_reminders(now=NOON + days * DAY) for days in (10, 10, 11, 60)] == [1, 0, 0, 0]
    told = Notification.objects.exclude(pk__in=before)
    assert {(item.event, item.person.first_name) for item in told} == {
        ("remind_clear", "substitute"),
        ("silent_contact", "coordinator"),
        ("silent_contact", "coordinator2"),
    }


def test_coordinators_learn_when_a_reviewer_stays_silent_and_no_name_is_told(
    world: World,
) -> None:
    case = bring_to(world, State.DECISION)
    invite(world, case)
    waiting(case, 7)
    Region.objects.update(decision_days=90)
    assert reminded() == {"remind_answer": {"invited"}}
    assert reminded(NOON + 6 * DAY) == {}
    assert reminded(NOON + 7 * DAY) == {"silent_reviewer": {"coordinator", "coordinator2"}}
    Notification.objects.exclude(event="silent_reviewer").delete()
    assert send_due_mails(now=NOON + 7 * DAY) == 2
    assert all("invited@" not in letter.message().as_string() for letter in mail.outbox)
    assert f"/review/{case.pk}/reviewers/" in mail.outbox[0].body
    assert reminded(NOON + 30 * DAY) == {}


def test_a_wait_that_was_found_late_is_still_reminded_of_before_it_escalates(
    world: World,
) -> None:
    waiting(bring_to(world, State.CLEARANCE), 90)
    assert reminded() == {"remind_clear": {"contact"}}
    assert reminded(NOON + 9 * DAY) == {}
    assert "silent_contact" in reminded(NOON + 10 * DAY)


def test_the_clock_reminds_by_itself(world: World) -> None:
    here = datetime.now(UTC).hour
    # A zone in which it is about noon while the test runs; the sign of these names is turned.
    Region.objects.update(time_zone=f"Etc/GMT{here - 12:+d}")
    case = make_draft(world)
    send(world, case)
    began = timezone.now() - 11 * DAY
    TaskState.objects.filter(pk=task_state_of(case).pk).update(started_at=began)
    Clock().turn()
    Clock().turn()
    assert Notification.objects.filter(event="remind_clear").count() == 1


def test_a_turn_costs_no_more_statements_with_many_that_wait(world: World) -> None:
    case = bring_to(world, State.DECISION)
    waiting(case, 15)
    assert reminded()
    with CaptureQueriesContext(connection) as alone:
        send_reminders(now=NOON)
    copies_in_review(case, 50)
    TaskState.objects.filter(status="in_progress").update(started_at=NOON - 15 * DAY)
    send_reminders(now=NOON)
    with CaptureQueriesContext(connection) as many:
        assert send_reminders(now=NOON) == 0
    assert len(many) == len(alone)


def test_the_queue_goes_by_the_days_of_the_region(world: World) -> None:
    case = bring_to(world, State.CLEARANCE, title="Slow")
    began = timezone.now() - 5 * DAY
    TaskState.objects.filter(pk=task_state_of(case).pk).update(started_at=began)
    client = signed_in(world["coordinator"])

    def late() -> int:
        page = BeautifulSoup(client.get("/en/review/?show=late").content, "html.parser")
        return len(page.select("table.c-queue tbody tr"))

    assert late() == 0
    Region.objects.filter(pk=world.europe.pk).update(clearance_days=5)
    assert late() == 1
