"""The one door of the review: whichever page it came from, every decision is made here."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from casestudies.authorship import authors_of, digest_of
from casestudies.models import CaseStudyPage, ClearanceTask, Decision
from casestudies.models.review import is_minor_change
from casestudies.notifications import announce_decision
from casestudies.services.actions import ACTIONS, Action, actions_for, form_of, token_of
from casestudies.services.refusals import OutOfDate, Refused, require
from casestudies.services.remarks import checked_remarks
from casestudies.services.rounds import close_assignments
from casestudies.services.submission import lock_case

if TYPE_CHECKING:
    from portal.directory.models import User

ALREADY_DECIDED = _("This step has already been decided.")


@transaction.atomic
def decide(
    *, task_state: TaskState, by: "User", action: str, answers: Mapping[str, Any]
) -> Decision:
    """Take one action on the case that the task state belongs to, and record it.

    `answers` are the fields of the action's form: `seen`, the token of the text that the person
    read, `reasons`, and `about-<question>` for words about one question. Raises `Refused` with
    the reason, `OutOfDate` when the text moved on.
    """
    # The page of the task state, never one that a request names; locked before the task state,
    # as sending does, so that two transactions never wait for each other.
    rows = TaskState.objects.values_list("workflow_state__object_id", flat=True)
    case = lock_case(int(rows.get(pk=task_state.pk)))
    present = _present_task_state(task_state)
    chosen = _offered_action(case, by, action)
    checked, remarks = _checked(case, action, answers), checked_remarks(answers)
    reasons = checked["reasons"]
    authors = authors_of(case)
    present.revision = case.latest_revision
    present.save(update_fields=["revision"])
    decision = _record(case, present, chosen, by, checked, remarks)
    # The workflow's end publishes, and by then the decision has to be on record.
    close_assignments(present.workflow_state)
    _move_on(present, chosen, by, reasons)
    log(case, f"casestudies.{decision.kind}", user=by, data={"reason": reasons})
    announce_decision(decision, authors)
    return decision


def _present_task_state(task_state: TaskState) -> TaskState:
    rows = TaskState.objects.select_for_update(of=("self",)).select_related("workflow_state")
    present = rows.get(pk=task_state.pk)
    workflow_state = present.workflow_state
    if (
        present.status != TaskState.STATUS_IN_PROGRESS
        or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or workflow_state.current_task_state_id != present.pk
    ):
        raise Refused(ALREADY_DECIDED)
    return present


def _offered_action(case: CaseStudyPage, by: "User", name: str) -> Action:
    if name not in ACTIONS:
        raise Refused(_("There is no such action."))
    if case.locked:
        raise Refused(_("This case is locked."))
    chosen = ACTIONS[name]
    require(chosen.verdict(by, case))
    if chosen not in actions_for(case, by):
        raise Refused(ALREADY_DECIDED)
    return chosen


def _checked(case: CaseStudyPage, action: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    form = form_of(action)(dict(answers))
    if not form.is_valid():
        missing = OutOfDate() if "seen" in form.errors else Refused(_("Give your reasons."))
        raise missing
    if form.cleaned_data["seen"] != token_of(case.latest_revision):
        raise OutOfDate
    return form.cleaned_data


def _record(
    case: CaseStudyPage,
    task_state: TaskState,
    action: Action,
    by: "User",
    checked: dict[str, Any],
    remarks: dict[str, str],
) -> Decision:
    is_clearance = task_state.task.content_type.model_class() is ClearanceTask
    is_minor = is_minor_change(case, case.latest_revision.content)
    return Decision.objects.create(
        case=case,
        workflow_state=task_state.workflow_state,
        revision=case.latest_revision,
        step=Decision.Step.CLEARANCE if is_clearance else Decision.Step.DECISION,
        kind=action.kind,
        reasons=checked["reasons"],
        remarks=remarks,
        asks_substantive=is_minor and checked.get("substantive", False),
        digest=digest_of(case.latest_revision.content),
        decided_by=by,
    )


def _move_on(task_state: TaskState, action: Action, by: "User", reasons: str) -> None:
    if action.kind in (Decision.Kind.CLEARED, Decision.Kind.PUBLISHED):
        task_state.approve(user=by, comment=reasons)
    elif action.kind == Decision.Kind.RETURNED:
        task_state.reject(user=by, comment=reasons)
    else:
        task_state.reject(user=by, update=False, comment=reasons)
        task_state.workflow_state.cancel(user=by)
