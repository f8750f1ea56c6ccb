"""Tasks of a test run at once, but for two of Wagtail's that follow every save of every page.

They keep the index of what refers to what, and the one in which the editors' desk searches. A test
of what may be deleted, or of that search, runs `EVERY_TASK`.
"""

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

LEFT_OUT = {"update_reference_index_task", "insert_or_update_object_task"}
EVERY_TASK = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


class QuickBackend(ImmediateBackend):
    """Runs every task at once, except those that are left out."""

    def _execute_task(self, task_result: TaskResult) -> None:
        if task_result.task.name not in LEFT_OUT:
            super()._execute_task(task_result)
