"""Makes notifications in the transaction of what they tell, and keeps how people want to hear."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from casestudies.events import EVENTS
from casestudies.leaving import DIGEST
from casestudies.models import CaseStudyPage, Decision, MailChoice, Notification
from casestudies.models.notifications import WAITING, How, Kind
from casestudies.services.posting import send_mails
from portal.directory.daytime import next_morning

if TYPE_CHECKING:
    from portal.directory.models import User

Mail = Notification.Mail
MAILS = {How.ONCE: Mail.ONCE, How.DAILY: Mail.DAILY, How.NEVER: Mail.NONE}


@transaction.atomic
def notify(
    *,
    event: str,
    case: CaseStudyPage,
    people: Iterable[int],
    decision: Decision | None = None,
    now: datetime | None = None,
) -> None:
    """Tell people (by id) of an event of a case; who is to hear of it is the caller's to know.

    Mails go out after the commit, by a task; what a lost task leaves is found by the clock.
    """
    now, people = now or timezone.now(), sorted(people)
    chosen = _chosen(people, EVENTS[event].kind)
    morning = next_morning(case.administration.region, now)
    rows = [
        Notification(
            person_id=person,
            event=event,
            case=case,
            decision=decision,
            made_at=now,
            mail=MAILS[chosen.get(person, How.ONCE)],
            due_at=morning if chosen.get(person) == How.DAILY else now,
        )
        for person in people
    ]
    made = Notification.objects.bulk_create(rows)
    ids = [row.pk for row in made if row.mail == Mail.ONCE]
    if ids:
        # Robust: the act has been done, and mails that no task sends are found by the clock.
        transaction.on_commit(partial(send_mails.enqueue, ids), robust=True)


def _chosen(people: list[int], kind: Kind) -> dict[int, How]:
    rows = MailChoice.objects.filter(person__in=people, kind=kind)
    return {person: How(how) for person, how in rows.values_list("person_id", "how")}


def mail_choices_of(person: "User") -> dict[Kind, How]:
    """Give how a person wants to hear of each kind by mail."""
    rows = dict(MailChoice.objects.filter(person=person).values_list("kind", "how"))
    return {kind: How(rows.get(kind, How.ONCE)) for kind in Kind}


@transaction.atomic
def choose_mails(*, person: "User", choices: Mapping[Kind, How]) -> None:
    """Keep how a person wants to hear of some kinds; mails not wanted any more are not sent."""
    for kind, how in choices.items():
        MailChoice.objects.update_or_create(person=person, kind=kind, defaults={"how": how})
    unwanted = [kind for kind, how in choices.items() if how == How.NEVER]
    events = [name for name, event in EVENTS.items() if event.kind in unwanted]
    waiting = Notification.objects.filter(person=person, event__in=events, mail__in=WAITING)
    waiting.update(mail=Mail.NONE)


@transaction.atomic
def leave_mails(*, person: "User", kind: str) -> None:
    """Stop the mails of a kind, or for `digest` of every kind that comes once a day."""
    if kind != DIGEST:
        choose_mails(person=person, choices={Kind(kind): How.NEVER})
        return
    chosen = mail_choices_of(person)
    daily = {item: How.NEVER for item, how in chosen.items() if how == How.DAILY}
    choose_mails(person=person, choices=daily)


def mark_read(*, person: "User", pk: int | None = None) -> None:
    """Mark one of a person's notifications as read, or all of them."""
    rows = Notification.objects.unread().filter(person=person)
    if pk is not None:
        rows = rows.filter(pk=pk)
    rows.update(read_at=timezone.now())
