"""What waits for a person: the review queue of the portal and of the Wagtail admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import TaskState, WorkflowState

from casestudies.authorship import authors_of_each
from casestudies.models import CaseStudyPage, ClearanceTask
from casestudies.states import CaseState, states_of
from portal.directory.models import Administration, Role
from portal.directory.permissions import Standing, standing_of

if TYPE_CHECKING:
    from portal.directory.models import User


@dataclass(frozen=True)
class Waiting:
    """A case that waits for somebody, since when, and whether this person wrote in it."""

    case: CaseStudyPage
    title: str
    state: CaseState
    is_mine: bool


def waiting_for(user: "User") -> "QuerySet[TaskState]":
    """Give the task states that this person may act on, the oldest first."""
    standing = standing_of(user)
    open_states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    clearance = Q(task__in=ClearanceTask.objects.all())
    mine = clearance & Q(workflow_state__object_id__in=_ids(_cleared_by(standing)))
    mine |= ~clearance & Q(workflow_state__object_id__in=_ids(_decided_by(standing)))
    return open_states.filter(mine).order_by("started_at", "pk")


def queue_for(user: "User") -> Sequence[Waiting]:
    """Give the rows of a person's queue with the titles of the texts that wait."""
    task_states = list(waiting_for(user).select_related("revision", "workflow_state"))
    ids = [int(item.workflow_state.object_id) for item in task_states]
    cases = CaseStudyPage.objects.select_related("administration__region", "latest_revision")
    by_id = {case.pk: case for case in cases.filter(pk__in=ids)}
    states, authors = states_of(by_id.values()), authors_of_each(by_id.values())
    return [
        Waiting(case, case.draft_title, states[case.pk], user.pk in authors[case.pk])
        for case in (by_id[pk] for pk in ids)
    ]


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
