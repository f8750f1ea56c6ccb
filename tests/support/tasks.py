"""Tasks of a test run at once, but for one of Wagtail's that follows every save of every object.

It keeps the index of what refers to what. A test of what may be deleted runs `EVERY_TASK`.
"""

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

LEFT_OUT = "update_reference_index_task"
EVERY_TASK = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


class QuickBackend(ImmediateBackend):
    """Runs every task at once, except the one that is left out."""

    def _execute_task(self, task_result: TaskResult) -> None:
        if task_result.task.name != LEFT_OUT:
            super()._execute_task(task_result)
