"""Where a case stands, in one word and in a sentence: one answer for every page and every rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, Task, WorkflowState, get_default_page_content_type

from casestudies.models.review import ClearanceTask, Decision

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage


class State(models.TextChoices):
    """The states of a case, from the first words to the end of its life."""

    DRAFT = "draft", _("Draft")
    CLEARANCE = "clearance", _("Waiting for clearance")
    DECISION = "decision", _("Waiting for the regional decision")
    RETURNED = "returned", _("Returned")
    DECLINED = "declined", _("Declined")
    EMBARGOED = "embargoed", _("Approved, waiting for its date")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


IN_REVIEW = (State.CLEARANCE, State.DECISION)


@dataclass(frozen=True)
class CaseState:
    """A case's state, since when, and what the pages say beside it."""

    kind: State
    since: datetime | None = None
    live: bool = False
    reasons: str = ""
    task_state_id: int | None = None
    last_decision: Decision | None = None

    @property
    def remarks(self) -> dict[str, str]:
        """What to mend, by question of the case, while it is with its authors for that."""
        returned = self.kind == State.RETURNED and self.last_decision
        return self.last_decision.remarks if returned and self.last_decision else {}

    @property
    def in_review(self) -> bool:
        """Whether somebody else than the authors holds the case now."""
        return self.kind in IN_REVIEW

    @property
    def words(self) -> str:
        """The state as a reader reads it, with its date in words."""
        label = self.kind.label
        if self.since is None:
            return str(label)
        day = date_format(localtime(self.since), "DATE_FORMAT")
        if self.kind == State.EMBARGOED:
            return gettext("%(state)s: %(date)s") % {"state": label, "date": day}
        return gettext("%(state)s since %(date)s") % {"state": label, "date": day}


def state_of(case: "CaseStudyPage") -> CaseState:
    """Give the state of one case."""
    return states_of([case])[case.pk]


def states_of(cases: Iterable["CaseStudyPage"]) -> dict[int, CaseState]:
    """Give the states of many cases by their id, in three queries whatever their number."""
    rows = {case.pk: case for case in cases}
    workflows = _active_workflows(rows)
    decisions = {item.case_id: item for item in Decision.objects.filter(case__in=list(rows))}
    # Only a decision gives a date, and what is in a review or came back from one has none.
    decided = decisions.keys() - workflows.keys()
    dates = _scheduled_dates(decided) if decided else {}
    return {
        pk: _state(case, workflows.get(pk), decisions.get(pk), dates.get(pk))
        for pk, case in rows.items()
    }


def _active_workflows(rows: dict[int, "CaseStudyPage"]) -> dict[int, WorkflowState]:
    states = WorkflowState.objects.active().select_related("current_task_state__task__content_type")
    found = states.filter(
        base_content_type=get_default_page_content_type(), object_id__in=[str(pk) for pk in rows]
    )
    return {int(state.object_id): state for state in found}


def _scheduled_dates(rows: Iterable[int]) -> dict[int, datetime]:
    found = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id__in=[str(pk) for pk in rows],
        approved_go_live_at__isnull=False,
    ).values_list("object_id", "approved_go_live_at")
    return {int(pk): date for pk, date in found}


def _state(
    case: "CaseStudyPage",
    workflow: WorkflowState | None,
    decision: Decision | None,
    date: datetime | None,
) -> CaseState:
    kind, since = _kind(case, workflow, decision, date)
    reasons = decision.reasons if decision and kind in (State.RETURNED, State.DECLINED) else ""
    return CaseState(
        kind=kind,
        since=since,
        live=case.live,
        reasons=case.withdrawn_reason if kind == State.WITHDRAWN else reasons,
        task_state_id=workflow.current_task_state_id if workflow and kind in IN_REVIEW else None,
        last_decision=decision,
    )


def _kind(
    case: "CaseStudyPage",
    workflow: WorkflowState | None,
    decision: Decision | None,
    date: datetime | None,
) -> tuple[State, datetime | None]:
    if case.withdrawn_at:
        return State.WITHDRAWN, case.withdrawn_at
    if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        task_state = workflow.current_task_state
        return step_of(task_state.task), task_state.started_at
    if workflow:
        return State.RETURNED, decision.decided_at if decision else workflow.created_at
    if date:
        return State.EMBARGOED, date
    if case.live:
        return State.PUBLISHED, case.last_published_at
    if decision and decision.kind == Decision.Kind.DECLINED:
        return State.DECLINED, decision.decided_at
    return State.DRAFT, case.latest_revision_created_at


def step_of(task: Task) -> State:
    """Give the state of a case that waits at a task."""
    is_clearance = task.content_type.model_class() is ClearanceTask
    return State.CLEARANCE if is_clearance else State.DECISION
