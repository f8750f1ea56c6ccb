"""Sending a case into review, and starting the review again after a change."""

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Workflow, WorkflowState

from casestudies.authorship import digest_of
from casestudies.checks.running import stops_of
from casestudies.models import CaseStudyPage, ClearanceTask, DecisionTask
from casestudies.models.choices import ChangeKind
from casestudies.models.fields import TEXT_LIMITS, TITLE_LIMIT
from casestudies.models.review import must_be_substantive
from casestudies.notifications import announce_waiting
from casestudies.permissions import may_submit
from casestudies.services.refusals import require
from casestudies.services.rounds import close_assignments
from portal.core.text import count_characters

if TYPE_CHECKING:
    from portal.directory.models import User


@transaction.atomic
def submit_case(*, case: CaseStudyPage, author: "User") -> CaseStudyPage:
    """Send the latest draft of a case to whoever looks at it first.

    Raises `Refused` when the author may not, `ValidationError` when a text breaks its limits or
    an automatic check stops it.
    """
    record = lock_case(case.pk)
    require(may_submit(author, record))
    draft = record.get_latest_revision_as_object()
    draft.full_clean()
    _require_limits(draft)
    _require_change_said(record, draft)
    _require_no_stop(draft)
    start_review(case=record, by=author)
    log(record, "casestudies.sent", user=author)
    announce_waiting(record, author)
    return record


def _require_limits(draft: CaseStudyPage) -> None:
    limits = {"title": TITLE_LIMIT, **TEXT_LIMITS}
    over = {
        name: _("This text is longer than %(limit)d characters.") % {"limit": limit}
        for name, limit in limits.items()
        if count_characters(getattr(draft, name)) > limit
    }
    if over:
        raise ValidationError(over)


def _require_change_said(record: CaseStudyPage, draft: CaseStudyPage) -> None:
    if not record.live:
        return
    said: dict[str, str] = {}
    if draft.change_kind == ChangeKind.FIRST:
        said["change_kind"] = _("Say what kind of change this is.")
    if draft.change_kind == ChangeKind.MINOR and must_be_substantive(record):
        said["change_kind"] = _("It was returned as a substantive change: send it as one.")
    if not draft.change_note.strip():
        said["change_note"] = _("Say in a sentence what changed.")
    if said:
        raise ValidationError(said)


def _require_no_stop(draft: CaseStudyPage) -> None:
    stops = [f"{stop.label}: {stop.words} {stop.advice}" for stop in stops_of(draft)]
    if stops:
        raise ValidationError(stops)


def lock_case(pk: int) -> CaseStudyPage:
    """Read a case as the database has it now and hold its row until the transaction ends."""
    CaseStudyPage.objects.select_for_update(of=("page_ptr",)).get(pk=pk)
    return CaseStudyPage.objects.select_related("administration", "latest_revision").get(pk=pk)


def start_review(*, case: CaseStudyPage, by: "User") -> None:
    """Start at the first task, whatever went before; a returned case does not resume midway."""
    current = case.current_workflow_state
    if current:
        close_assignments(current)
        current.cancel(user=by)
    started = review_workflow(case).start(case, by)
    if current:
        # Whoever changes a text in review does not become its sender, who hears of the outcome.
        WorkflowState.objects.filter(pk=started.pk).update(requested_by=current.requested_by)


@transaction.atomic
def restart_if_changed(*, case: CaseStudyPage, before: str, by: "User") -> bool:
    """Send a case that was changed in review to the first step again; say whether that was so.

    `before` is the digest of the text as it stood before `by` saved it.
    """
    record = lock_case(case.pk)
    if not record.workflow_in_progress or digest_of(record.latest_revision.content) == before:
        return False
    start_review(case=record, by=by)
    log(record, "casestudies.changed_in_review", user=by)
    announce_waiting(record, by)
    return True


def review_workflow(case: CaseStudyPage) -> Workflow:
    """Give the workflow of the case; an incomplete one would publish without a decision."""
    workflow = case.get_workflow()
    kinds = (
        [task.content_type.model_class() for task in workflow.tasks.filter(active=True)]
        if workflow
        else []
    )
    if kinds != [ClearanceTask, DecisionTask]:
        raise ImproperlyConfigured("The review of cases is not set up: run sync_roles.")
    return workflow
