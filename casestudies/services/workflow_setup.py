"""The one workflow of the portal, made and mended by `sync_roles`."""

from wagtail.models import Site, Task, Workflow, WorkflowPage, WorkflowTask

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


def _ensure_task(kind: type[Task], name: str) -> Task:
    task = kind.objects.order_by("pk").first() or kind.objects.create(name=name)
    kind.objects.filter(pk=task.pk, active=False).update(active=True)
    return task
