"""Reminds the owners of published cases to look at them again, once for each date and distance."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casestudies.models import Reminder
from casestudies.notifications import contact_points, owners_of
from casestudies.renewal import DueCase, cases_due_for_reminder
from casestudies.services.notifying import notify
from casestudies.services.submission import lock_case

EVENT = "remind_renewal"


def remind_owners(*, now: datetime | None = None) -> int:
    """Remind the owners and contact points of every case that is due; give for how many cases.

    Mails wait for the morning of the case's region, as those of all reminders do.
    """
    moment = now or timezone.now()
    due = {_wait(item): item for item in cases_due_for_reminder(timezone.localdate(moment))}
    sent = Reminder.objects.filter(event=EVENT, wait__in=list(due))
    left = due.keys() - set(sent.values_list("wait", flat=True))
    return sum(_remind_once(due[wait], wait, moment) for wait in sorted(left))


def _wait(due: DueCase) -> str:
    return f"renewal:{due.case.pk}:{due.case.review_by}:{due.days}"


@transaction.atomic
def _remind_once(due: DueCase, wait: str, now: datetime) -> bool:
    # Under the lock of the case, so that nobody is reminded of what they have just answered.
    case = lock_case(due.case.pk)
    if not case.live or case.review_by != due.case.review_by:
        return False
    _row, made = Reminder.objects.get_or_create(event=EVENT, wait=wait, defaults={"sent_at": now})
    if made:
        notify(event=EVENT, case=case, people=owners_of(case) | contact_points(case), now=now)
    return made
