"""Reminds whoever lets others wait, once for each wait, and then tells who can help.

A wait is a step of the review or a request for one in its present state. Its holder is reminded
after the days that the region has set; when as many days again have passed, others learn of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from casestudies.models import (
    CaseStudyPage,
    ClearanceTask,
    Notification,
    Reminder,
    ReviewAssignment,
)
from casestudies.models.reviewing import OPEN
from casestudies.notifications import contact_points, coordinators
from casestudies.queue import open_steps_of
from casestudies.services.notifying import notify
from casestudies.services.submission import lock_case
from portal.directory.daytime import is_day
from portal.directory.models import Region

TOLD_AT_CLEARANCE = ("to_clear", "change_to_clear", "remind_clear")


@dataclass(frozen=True)
class Wait:
    """Somebody is waited for: `row` is the step or the request, `days` the time they have."""

    row: TaskState | ReviewAssignment
    case_id: int
    since: datetime
    days: int
    reminder: str
    escalation: str = ""

    @property
    def key(self) -> str:
        """A name for this wait and no other."""
        if isinstance(self.row, ReviewAssignment):
            return f"review:{self.row.pk}:{self.row.state}"
        return f"step:{self.row.pk}"

    def goes_on(self) -> bool:
        """Ask the database whether nothing has happened since the row was read."""
        unchanged: dict[str, Any]
        if isinstance(self.row, ReviewAssignment):
            unchanged = {"state": self.row.state}
        else:
            unchanged = {"status": TaskState.STATUS_IN_PROGRESS}
        return type(self.row).objects.filter(pk=self.row.pk, **unchanged).exists()


def send_reminders(*, now: datetime | None = None) -> int:
    """Remind, in every region where it is day, of what has waited too long; give how often."""
    moment = now or timezone.now()
    awake = [region for region in Region.objects.all() if is_day(region, moment)]
    return sum(_remind_in(region, moment) for region in awake)


def _remind_in(region: Region, now: datetime) -> int:
    waits = list(_waits_in(region, now))
    keys = [wait.key for wait in waits]
    sent = {
        (item.event, item.wait): item.sent_at for item in Reminder.objects.filter(wait__in=keys)
    }
    due = [(wait, event) for wait in waits if (event := _event_due(wait, sent, now))]
    return sum(_tell_once(wait, event, now) for wait, event in due)


def _event_due(wait: Wait, sent: dict[tuple[str, str], datetime], now: datetime) -> str:
    reminded = sent.get((wait.reminder, wait.key))
    if reminded is None:
        return wait.reminder
    escalates = wait.escalation and (wait.escalation, wait.key) not in sent
    return wait.escalation if escalates and _passed(wait.days, now) >= reminded else ""


def _waits_in(region: Region, now: datetime) -> Iterator[Wait]:
    steps = open_steps_of(CaseStudyPage.objects.in_region(region)).select_related("workflow_state")
    clearance = ClearanceTask.objects.all()
    for step in steps.filter(
        task__in=clearance, started_at__lte=_passed(region.clearance_days, now)
    ):
        yield _step(step, region.clearance_days, "remind_clear", "silent_contact")
    for step in steps.exclude(task__in=clearance).filter(
        started_at__lte=_passed(region.decision_days, now)
    ):
        yield _step(step, region.decision_days, "remind_decide")
    requests = ReviewAssignment.objects.filter(
        state__in=OPEN,
        since__lte=_passed(region.review_days, now),
        case__administration__region=region,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    for request in requests:
        yield _request(request, region.review_days)


def _step(step: TaskState, days: int, reminder: str, escalation: str = "") -> Wait:
    case_id = int(step.workflow_state.object_id)
    return Wait(step, case_id, step.started_at, days, reminder, escalation)


def _request(request: ReviewAssignment, days: int) -> Wait:
    asked = request.state == ReviewAssignment.State.INVITED
    reminder = "remind_answer" if asked else "remind_review"
    return Wait(request, request.case_id, request.since, days, reminder, "silent_reviewer")


def _passed(days: int, now: datetime) -> datetime:
    return now - timedelta(days=days)


@transaction.atomic
def _tell_once(wait: Wait, event: str, now: datetime) -> bool:
    # Under the lock of the case, so that nobody is reminded of what is being done right now.
    case = lock_case(wait.case_id)
    if not wait.goes_on():
        return False
    _row, made = Reminder.objects.get_or_create(
        event=event, wait=wait.key, defaults={"sent_at": now}
    )
    if made:
        for name, people in _audience(wait, event, case):
            notify(event=name, case=case, people=people, now=now)
    return made


def _audience(wait: Wait, event: str, case: CaseStudyPage) -> Sequence[tuple[str, set[int]]]:
    if isinstance(wait.row, ReviewAssignment):
        reviewer = {wait.row.reviewer_id}
        return [(event, reviewer if event == wait.reminder else coordinators(case) - reviewer)]
    if event == "remind_clear":
        return [(event, contact_points(case))]
    if event == "remind_decide":
        return [(event, coordinators(case))]
    # A substitute who came into office meanwhile has not heard of it yet, and can clear it.
    rows = Notification.objects.filter(case=case, event__in=TOLD_AT_CLEARANCE)
    told = set(rows.filter(made_at__gte=wait.since).values_list("person_id", flat=True))
    others = contact_points(case) - told
    return [("remind_clear", others), (event, coordinators(case) - contact_points(case))]
