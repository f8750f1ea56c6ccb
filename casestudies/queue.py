"""What waits in the review, and with whom: the queue of the portal and of the Wagtail admin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import CharField, Count, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from casestudies.authorship import authors_of_each
from casestudies.models import CaseStudyPage, ClearanceTask, ReviewAssignment
from casestudies.models.reviewing import COUNTED
from casestudies.querysets import WRITERS
from casestudies.states import State, step_of
from portal.directory.models import Administration, Region, Role
from portal.directory.permissions import Standing, standing_of

if TYPE_CHECKING:
    from datetime import datetime

    from portal.directory.models import User


@dataclass(frozen=True)
class Waiting:
    """A case in review: at which step, since when, who reads it, and what it is to this person."""

    case: CaseStudyPage
    kind: State
    since: "datetime"
    is_mine: bool
    waits_for_me: bool
    requests: Sequence[ReviewAssignment]

    @property
    def title(self) -> str:
        """The title of the text that waits."""
        return self.case.draft_title

    @property
    def days(self) -> int:
        """Whole days at this step."""
        return (timezone.now() - self.since).days

    @property
    def late_after(self) -> int:
        """How many days this step may take in the case's region before it counts as overdue."""
        region = self.case.administration.region
        return region.clearance_days if self.kind == State.CLEARANCE else region.decision_days

    @property
    def is_late(self) -> bool:
        """Whether the step takes longer than it may."""
        return self.days >= self.late_after


def waiting_for(user: "User") -> "QuerySet[TaskState]":
    """Give the task states that this person may act on, the oldest first."""
    standing = standing_of(user)
    clearance = Q(task__in=ClearanceTask.objects.all())
    mine = clearance & Q(workflow_state__object_id__in=_ids(_cleared_by(standing)))
    mine |= ~clearance & Q(workflow_state__object_id__in=_ids(_decided_by(standing)))
    return _open_states().filter(mine)


def in_review_near(user: "User") -> "QuerySet[TaskState]":
    """Give everything in review that this person may know of, whoever holds it."""
    standing = standing_of(user)
    writes = [pk for role, pk in standing.by_administration if role in WRITERS]
    written = CaseStudyPage.objects.filter(administration__in=writes)
    near = Q(workflow_state__object_id__in=_ids(written))
    near |= Q(workflow_state__object_id__in=_ids(_decided_by(standing)))
    return _open_states().filter(near)


def counts_of(task_states: "QuerySet[TaskState]", late: Q) -> dict[str, int]:
    """Count task states: `all` and `late`, in one statement. `late` is what `is_late` gives."""
    unordered = task_states.order_by()
    return unordered.aggregate(all=Count("pk"), late=Count("pk", filter=late))


def rows_of(task_states: Iterable[TaskState], user: "User") -> Sequence[Waiting]:
    """Give the rows of a part of a queue, in three statements whatever its length.

    The task states should come `with_steps`.
    """
    states, standing = list(task_states), standing_of(user)
    ids = [int(item.workflow_state.object_id) for item in states]
    cases = CaseStudyPage.objects.select_related("administration__region").in_bulk(ids)
    authors, requests = authors_of_each(cases.values()), _requests(states)
    return [
        Waiting(
            case=cases[pk],
            kind=step_of(item.task),
            since=item.started_at,
            is_mine=user.pk in authors[pk],
            waits_for_me=_holds(standing, cases[pk], step_of(item.task)),
            requests=requests[item.workflow_state_id],
        )
        for pk, item in zip(ids, states, strict=True)
    ]


def _holds(standing: Standing, case: CaseStudyPage, kind: State) -> bool:
    if kind == State.CLEARANCE:
        return standing.acts_for(case.administration_id, Role.CONTACT_POINT)
    return standing.coordinates(case.administration.region_id) or standing.is_superuser


def with_steps(task_states: "QuerySet[TaskState]") -> "QuerySet[TaskState]":
    """Bring along what the rows of a queue need of each task state."""
    return task_states.select_related("workflow_state", "task__content_type")


def _open_states() -> "QuerySet[TaskState]":
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return states.order_by("started_at", "pk")


def is_late() -> Q:
    """Give what says of a task state that it is overdue in its region; costs one statement."""
    regions: dict[tuple[int, int], list[int]] = defaultdict(list)
    rows = Region.objects.values_list("pk", "clearance_days", "decision_days")
    for pk, clearance, decision in rows:
        regions[clearance, decision].append(pk)
    late = Q(pk__in=[])
    for days, places in regions.items():
        cases = CaseStudyPage.objects.filter(administration__region__in=places)
        # Where all regions give the same time, nobody has to ask where a case belongs.
        there = Q(workflow_state__object_id__in=_ids(cases)) if len(regions) > 1 else Q()
        late |= _is_later_than(*days) & there
    return late


def _is_later_than(clearance_days: int, decision_days: int) -> Q:
    now, clearance = timezone.now(), Q(task__in=ClearanceTask.objects.all())
    return (clearance & Q(started_at__lte=now - timedelta(days=clearance_days))) | (
        ~clearance & Q(started_at__lte=now - timedelta(days=decision_days))
    )


def open_steps_of(cases: "QuerySet[CaseStudyPage]") -> "QuerySet[TaskState]":
    """Give the steps at which some of these cases wait."""
    return _open_states().filter(workflow_state__object_id__in=_ids(cases))


def _requests(states: Sequence[TaskState]) -> dict[int, list[ReviewAssignment]]:
    found: dict[int, list[ReviewAssignment]] = defaultdict(list)
    rows = ReviewAssignment.objects.filter(
        workflow_state__in=[item.workflow_state_id for item in states], state__in=COUNTED
    )
    for item in rows.select_related("reviewer"):
        found[item.workflow_state_id].append(item)
    return found


def _cleared_by(standing: Standing) -> "QuerySet[CaseStudyPage]":
    places = [pk for role, pk in standing.by_administration if role == Role.CONTACT_POINT]
    return CaseStudyPage.objects.filter(administration__in=places)


def _decided_by(standing: Standing) -> "QuerySet[CaseStudyPage]":
    if standing.is_curator or standing.is_superuser:
        return CaseStudyPage.objects.all()
    regions = [pk for role, pk in standing.by_region if role == Role.COORDINATOR]
    places = Administration.objects.filter(region__in=regions)
    return CaseStudyPage.objects.filter(administration__in=places)


def _ids(cases: "QuerySet[CaseStudyPage]") -> "QuerySet[CaseStudyPage]":
    # The workflow engine keeps the page's id as text.
    return cases.order_by().values_list(Cast("pk", CharField()))
