"""The set-up of the review by `sync_roles`: repeatable, and it repairs what was changed."""

import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Task, Workflow, WorkflowPage, WorkflowTask

from casestudies.models import ClearanceTask, DecisionTask
from portal.directory.roles import sync_roles
from tests.factories.review import World, make_draft


def setup_rows() -> list[object]:
    """Everything that the set-up makes, to be compared."""
    return [
        sorted(Task.objects.values_list("pk", "name", "active")),
        sorted(Workflow.objects.values_list("pk", "name", "active")),
        sorted(WorkflowTask.objects.values_list("workflow", "task", "sort_order")),
        sorted(WorkflowPage.objects.values_list("page", "workflow")),
        sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
    ]


def test_running_it_again_changes_nothing(world: World) -> None:
    before = setup_rows()
    sync_roles()
    assert setup_rows() == before


def test_it_repairs_what_somebody_changed(world: World) -> None:
    before = setup_rows()
    workflow = Workflow.objects.get(name="Case review")
    WorkflowTask.objects.filter(workflow=workflow).update(sort_order=5)
    ClearanceTask.objects.update(active=False)
    Workflow.objects.filter(pk=workflow.pk).update(active=False)
    WorkflowPage.objects.all().delete()
    stray = Workflow.objects.create(name="Stray")
    WorkflowPage.objects.create(page=make_draft(world).get_parent(), workflow=stray)
    sync_roles()
    stray.delete()
    assert setup_rows()[1:] == before[1:]
    assert not Task.objects.filter(active=False, pk__in=ClearanceTask.objects.values("pk")).exists()


def test_clearance_comes_before_the_decision(world: World) -> None:
    workflow = make_draft(world).get_workflow()
    kinds = [task.specific_class for task in workflow.tasks]
    assert kinds == [ClearanceTask, DecisionTask]


def test_the_command_for_embargoes_says_what_it_did(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("publish_embargoed")
    assert capsys.readouterr().out == "published: 0\n"
