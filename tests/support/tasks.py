"""Tasks of a test run at once, but for two of Wagtail's that follow every save of every page.

They keep its index of references and its own search up to date; a test that asks either of them
takes the fixture `wagtails_indices`. Together they took a seventh of the time of all tests.
"""

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

LEFT_OUT = {"update_reference_index_task", "insert_or_update_object_task"}


class QuickBackend(ImmediateBackend):
    """Runs every task at once, except those that are left out."""

    def _execute_task(self, task_result: TaskResult) -> None:
        if task_result.task.name not in LEFT_OUT:
            super()._execute_task(task_result)
