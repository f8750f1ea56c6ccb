"""Owners of published cases hear in time that a case is to be read again: each reminder once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.freshness import freshness_of
from casestudies.models import CaseStudyPage, Notification, Reminder
from casestudies.models.choices import Freshness
from casestudies.services.keeping import confirm_case, move_case
from casestudies.services.lifecycle import withdraw_case
from casestudies.services.posting import send_due_mails
from casestudies.services.renewals import remind_owners
from casestudies.services.together import name_co_author
from casestudies.states import State
from portal.directory.models import Region
from portal.home.clock import Clock
from tests.factories.many import copies_in_review
from tests.factories.review import World, bring_to, fresh
from tests.support.visitor import signed_in

DAY = timedelta(days=1)
TODAY = timezone.localdate()


def kept(case: CaseStudyPage, review_by: date) -> CaseStudyPage:
    """Let a case be one that is to be read again by a day."""
    CaseStudyPage.objects.filter(pk=case.pk).update(review_by=review_by)
    return fresh(case)


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A published case of Malta that is to be read again in 60 days; all else has been mailed."""
    made = kept(bring_to(world, State.PUBLISHED, title="Parcels"), TODAY + 60 * DAY)
    Notification.objects.all().delete()
    return made


def noon(day: date) -> datetime:
    """Give the middle of a day, as the clock goes by it."""
    return datetime.combine(day, time(12), UTC)


def let_it_be(hour: int) -> None:
    """Let the clocks of all regions show this hour now; the sign of these names is turned."""
    ahead = (timezone.now().hour - hour + 12) % 24 - 12
    Region.objects.update(time_zone=f"Etc/GMT{ahead:+d}")


def told() -> set[str]:
    """Give who was told since this was asked before."""
    rows = Notification.objects.filter(event="remind_renewal")
    names = {email.split("@")[0] for email in rows.values_list("person__email", flat=True)}
    rows.delete()
    return names


def test_owners_are_reminded_60_and_14_days_before_the_date_and_no_other_day(
    world: World, case: CaseStudyPage
) -> None:
    days = {}
    for before in range(62, -92, -1):
        remind_owners(now=noon(TODAY + (60 - before) * DAY))
        remind_owners(now=noon(TODAY + (60 - before) * DAY))
        if people := told():
            days[before] = people
    assert days == {60: {"author", "contact"}, 14: {"author", "contact"}}
    until = case.review_by
    assert until is not None
    assert freshness_of(until, until + 90 * DAY) == Freshness.DUE
    assert freshness_of(until, until + 91 * DAY) == Freshness.OUTDATED


def test_a_clock_that_was_off_loses_no_reminder(world: World, case: CaseStudyPage) -> None:
    remind_owners(now=noon(TODAY + 40 * DAY))
    assert told() == {"author", "contact"}
    remind_owners(now=noon(TODAY + 58 * DAY))
    assert told() == {"author", "contact"}


def test_who_answers_is_not_reminded_before_the_next_date(
    world: World, case: CaseStudyPage
) -> None:
    remind_owners()
    confirm_case(case=case, by=world["author"])
    told()
    remind_owners(now=noon(TODAY + 46 * DAY))
    assert told() == set()
    again = fresh(case).review_by
    assert again is not None
    remind_owners(now=noon(again - 60 * DAY))
    assert told() == {"author", "contact"}


def test_co_authors_are_owners_too_and_who_left_is_none(world: World, case: CaseStudyPage) -> None:
    name_co_author(case=case, person=world["colleague"], by=world["author"])
    world["author"].memberships.all().delete()
    remind_owners()
    assert told() == {"colleague", "contact"}


def test_a_case_that_moved_is_its_new_owners_to_read(world: World, case: CaseStudyPage) -> None:
    move_case(case=case, by=world["curator"], administration=world.france, reason="Merged.")
    remind_owners()
    assert told() == {"other_contact"}


def test_nobody_is_reminded_of_a_case_off_the_forum(world: World, case: CaseStudyPage) -> None:
    withdraw_case(case=case, by=world["contact"], reason="A mistake.")
    remind_owners()
    assert told() == set()
    assert not Reminder.objects.exists()


def test_the_mail_says_the_date_and_leads_to_the_answer(world: World, case: CaseStudyPage) -> None:
    let_it_be(12)
    remind_owners()
    send_due_mails()
    letter = next(item for item in mail.outbox if item.to == ["author@example.test"])
    assert letter.subject == "Is it still true? Parcels"
    assert f"/en/workspace/{case.number}/" in letter.body
    assert str((TODAY + 60 * DAY).year) in letter.body
    opened = signed_in(world["author"]).get(f"/en/workspace/{case.number}/")
    assert BeautifulSoup(opened.content, "html.parser").select_one("#still-true form")


def test_mails_wait_for_the_morning_of_the_region(world: World, case: CaseStudyPage) -> None:
    let_it_be(2)
    remind_owners()
    send_due_mails()
    assert mail.outbox == []


def test_an_answer_given_before_the_mail_went_out_makes_it_needless(
    world: World, case: CaseStudyPage
) -> None:
    let_it_be(12)
    remind_owners()
    confirm_case(case=case, by=world["contact"])
    send_due_mails()
    assert mail.outbox == []


def test_the_clock_reminds_owners_once_a_day_and_each_time_once(
    world: World, case: CaseStudyPage
) -> None:
    Clock().turn()
    Clock().turn()
    assert told() == {"author", "contact"}
    Clock().turn()
    assert told() == set()


def test_a_turn_costs_no_more_statements_with_many_that_were_reminded(
    world: World, case: CaseStudyPage
) -> None:
    remind_owners()
    with CaptureQueriesContext(connection) as alone:
        remind_owners()
    copies_in_review(bring_to(world, State.CLEARANCE), 20)
    CaseStudyPage.objects.update(live=True, review_by=TODAY + 60 * DAY)
    assert remind_owners() == 21
    with CaptureQueriesContext(connection) as many:
        assert remind_owners() == 0
    assert len(many) == len(alone)
