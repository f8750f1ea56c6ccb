"""The one workflow of the portal, made and mended by `sync_roles`."""

from django.core.exceptions import PermissionDenied
from wagtail.models import (
    GroupPagePermission,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from casestudies.models import ClearanceTask, DecisionTask

WORKFLOW = "Case review"
TASKS: tuple[tuple[type[Task], str], ...] = (
    (ClearanceTask, "Clearance by the contact point"),
    (DecisionTask, "Regional decision"),
)


def sync_review_workflow() -> None:
    """Make clearance, then decision, the workflow of the home page, and the only one anywhere."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    workflow = Workflow.objects.get_or_create(name=WORKFLOW)[0]
    Workflow.objects.filter(pk=workflow.pk, active=False).update(active=True)
    tasks = [_ensure_task(kind, name) for kind, name in TASKS]
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=tasks).delete()
    for position, task in enumerate(tasks):
        WorkflowTask.objects.update_or_create(
            workflow=workflow, task=task, defaults={"sort_order": position}
        )
    # Any other workflow lower or higher in the tree could publish without a decision.
    WorkflowPage.objects.exclude(page_id=site.root_page_id).delete()
    WorkflowPage.objects.update_or_create(
        page_id=site.root_page_id, defaults={"workflow": workflow}
    )


def sync_nobody_publishes() -> None:
    """Take from every group what only the end of a review may do; Wagtail's own groups held it."""
    codenames = [f"{verb}_page" for verb in ("publish", "lock", "unlock", "bulk_delete")]
    GroupPagePermission.objects.filter(permission__codename__in=codenames).delete()


def keep_switched_on(step: Task | Workflow) -> None:
    """Refuse to save a task of the review, or its workflow, as switched off.

    Cases that wait there would move on, or lose their place, without anybody's decision.
    """
    if step.active or step.pk is None:
        return
    kinds = [kind for kind, _name in TASKS]
    if isinstance(step, Workflow):
        ours = any(kind.objects.filter(workflow_tasks__workflow=step).exists() for kind in kinds)
    else:
        ours = step.content_type.model_class() in kinds
    if ours:
        raise PermissionDenied("The review of cases cannot lose a step.")


def _ensure_task(kind: type[Task], name: str) -> Task:
    task = kind.objects.order_by("pk").first() or kind.objects.create(name=name)
    kind.objects.filter(pk=task.pk, active=False).update(active=True)
    return task
