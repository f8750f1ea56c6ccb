"""Listening to Wagtail: versions are recorded, and Wagtail's own workflow mails are silenced."""

from typing import Any

from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from casestudies.models import CaseStudyPage
from casestudies.services.publication import record_version

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
    for signal, sender, uid in MAILERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(on_silenced_mail, sender=sender, dispatch_uid=uid)


def on_page_published(instance: CaseStudyPage, revision: Revision, **kwargs: Any) -> None:
    """Record the version; a scheduled page sends this signal too, before it is live."""
    if instance.live:
        record_version(case=instance, revision=revision)


def on_silenced_mail(**kwargs: Any) -> None:
    """Do nothing: the portal writes its own mails (casestudies.notifications)."""
