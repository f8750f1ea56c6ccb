"""Hands the mails of notifications to the mail server, by the task worker and never in a request.

Each mail is claimed before it is sent, so that two workers never send it both. What a server
refuses, or a killed worker leaves, is tried again later with the same Message-ID.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from casestudies.events import EVENTS
from casestudies.mail import mail_of, worth_a_mail
from casestudies.models import Notification
from casestudies.models.notifications import WAITING, Kind
from portal.directory.daytime import is_day, next_morning

logger = logging.getLogger(__name__)
Mail = Notification.Mail
TURN_SECONDS = 60
BATCH = 500
# Longer than the longest exchange with a mail server that answers late at every step.
LEASE = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=14)


class NoServer(OSError):
    """The mail server cannot be reached, or lets nobody in."""


@task()
def send_mails(ids: list[int] | None = None) -> None:
    """Send the mails of these notifications, or of all that are due."""
    send_due_mails(ids=ids)


def ask_for_mails(*, now: datetime | None = None) -> None:
    """Have the worker send what is due, unless it has been asked already."""
    due = Notification.objects.to_mail(now or timezone.now())
    asked = DBTaskResult.objects.filter(
        task_path=send_mails.module_path, status=TaskResultStatus.READY
    )
    if due.exists() and not asked.exists():
        send_mails.enqueue()


def send_due_mails(*, ids: Sequence[int] | None = None, now: datetime | None = None) -> int:
    """Send what is due and give how many mails the server took.

    A server that cannot be reached ends the turn; one mail that it refuses does not.
    """
    moment, end, sent = now or timezone.now(), time.monotonic() + TURN_SECONDS, 0
    due = Notification.objects.to_mail(moment)
    if ids is not None:
        due = due.filter(pk__in=ids)
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        if time.monotonic() >= end:
            break
        try:
            sent += _send_claimed(_claimed(pk, moment), moment)
        except NoServer:
            break
    return sent


def _claimed(pk: int, now: datetime) -> list[Notification]:
    rows = Notification.objects.select_related("person", "decision", "case__administration__region")
    first = rows.to_mail(now).filter(pk=pk).first()
    if first is None or _postponed(first, now):
        return []
    together = [first]
    if first.mail == Mail.DAILY:
        together = list(rows.to_mail(now).filter(person=first.person_id, mail=Mail.DAILY))
    return [item for item in together if _claim(item, now)]


def _claim(item: Notification, now: datetime) -> bool:
    same = Notification.objects.filter(pk=item.pk, mail=item.mail, due_at=item.due_at)
    return same.update(due_at=now + LEASE) == 1


def _postponed(item: Notification, now: datetime) -> bool:
    region = item.case.administration.region
    waits_for_day = item.mail == Mail.DAILY or EVENTS[item.event].kind == Kind.REMINDED
    if not waits_for_day or is_day(region, now):
        return False
    Notification.objects.filter(pk=item.pk).update(due_at=next_morning(region, now))
    return True


def _send_claimed(claimed: list[Notification], now: datetime) -> bool:
    wanted = worth_a_mail(claimed)
    _settle(set(claimed) - set(wanted), Mail.DROPPED)
    daily = bool(wanted) and wanted[0].mail == Mail.DAILY
    # Who has read it in the portal by now needs no summary of it.
    letters = [item for item in wanted if not (daily and item.read_at)]
    _settle(set(wanted) - set(letters), Mail.NONE)
    if not letters:
        return False
    try:
        _deliver(mail_of(letters, daily=daily))
    except (OSError, ValueError) as error:
        logger.warning("A mail was not taken and is tried again: %s", error)
        _put_off(letters, now)
        if isinstance(error, NoServer):
            raise
        return False
    _settle(letters, Mail.SENT)
    return True


def _deliver(mail: EmailMessage) -> None:
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        raise NoServer(str(error)) from error
    try:
        connection.send_messages([mail])
    finally:
        # What the server took is sent, whatever becomes of the good-bye.
        with suppress(OSError):
            connection.close()


def _settle(items: Iterable[Notification], outcome: Mail) -> None:
    ids = [item.pk for item in items]
    if ids:
        Notification.objects.filter(pk__in=ids, mail__in=WAITING).update(mail=outcome)


def _put_off(items: Sequence[Notification], now: datetime) -> None:
    for item in items:
        pause = min(FIRST_PAUSE * 2 ** min(item.attempts, 6), LONGEST_PAUSE)
        row = Notification.objects.filter(pk=item.pk, mail__in=WAITING)
        row.update(due_at=now + pause, attempts=F("attempts") + 1)
    old = [item for item in items if item.made_at < now - GIVE_UP_AFTER]
    if old:
        logger.error("Given up, %d notifications stay in the portal only", len(old))
        _settle(old, Mail.FAILED)
