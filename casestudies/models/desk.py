"""What Wagtail asks a model but only the floors above can answer: filled in when the app starts."""

from typing import Any, Protocol

from django.db.models import QuerySet
from wagtail.models import Page, PagePermissionTester, Task, TaskState


class Desk(Protocol):
    """The rules and services of the review, as the models see them."""

    def rights(self, user: Any, page: Page) -> PagePermissionTester:
        """Say what a person may do with a page."""

    def actions(self, task: Task, page: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Give the actions open to a person at a task."""

    def form(self, action: str) -> type[Any]:
        """Give the form of an action."""

    def act(self, task_state: TaskState, user: Any, action: str, data: dict[str, Any]) -> None:
        """Take an action."""

    def locks_out(self, user: Any, page: Page) -> bool:
        """Say whether a person may not edit the page now."""

    def waiting(self, user: Any) -> "QuerySet[TaskState]":
        """Give what waits for a person."""


_installed: list[Desk] = []


def install(desk: Desk) -> None:
    """Name the desk that answers; the last one counts."""
    _installed[:] = [desk]


def desk() -> Desk:
    """Give the desk that answers."""
    return _installed[0]
