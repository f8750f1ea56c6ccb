"""Listening to Wagtail: versions recorded, its workflow mails silenced, no step switched off."""

from typing import Any

from django.db.models.signals import pre_save
from wagtail.models import Revision, Task, TaskState, Workflow, WorkflowState
from wagtail.signals import (
    page_published,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from casestudies.models import CaseStudyPage, ClearanceTask, DecisionTask
from casestudies.services.publication import record_version
from casestudies.services.workflow_setup import keep_switched_on

# Wagtail mails inside the request, to superusers too, and a refusing mail server would stop the
# approval. A signal takes one receiver for each uid: ours stands where Wagtail's would connect.
MAILERS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def connect_receivers() -> None:
    """Connect ours and take the place of Wagtail's mailers, whichever application starts first."""
    page_published.connect(on_page_published, sender=CaseStudyPage)
    for model in (Task, ClearanceTask, DecisionTask, Workflow):
        pre_save.connect(on_step_saved, sender=model)
    for signal, sender, uid in MAILERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(on_silenced_mail, sender=sender, dispatch_uid=uid)


def on_page_published(instance: CaseStudyPage, revision: Revision, **kwargs: Any) -> None:
    """Record the version; a scheduled page sends this signal too, before it is live."""
    if instance.live:
        record_version(case=instance, revision=revision)


def on_step_saved(instance: Task | Workflow, **kwargs: Any) -> None:
    """Keep the steps of the review switched on, whichever screen or model it came from."""
    keep_switched_on(instance)


def on_silenced_mail(**kwargs: Any) -> None:
    """Do nothing: the portal writes its own mails (casestudies.notifications)."""
