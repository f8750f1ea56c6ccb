"""What the two tasks of the review share: they ask our rules and end in our one service."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, Task, TaskState

from casestudies.models.desk import desk


class ReviewTask(Task):
    """Answers Wagtail's questions about a task with the rules of the portal."""

    class Meta:
        abstract = True

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Give what this person may do at this step; every action asks for its form."""
        return desk().actions(self, obj, user)

    def get_form_for_action(self, action: str) -> type[Any]:
        """Give the form of an action: the revision that was read, and the reasons."""
        return desk().form(action)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **data: Any) -> None:
        """Hand over to the one service that decides; nothing is taken on trust from here."""
        desk().act(task_state, user, action_name, data)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Lock the text for everybody who may not edit while it is in review."""
        return desk().locks_out(user, obj)

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Open the editor to whoever may edit in review."""
        return not desk().locks_out(user, obj)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> "QuerySet[TaskState]":
        """Give what waits for this person at this step."""
        return desk().waiting(user).filter(task_id=self.pk)
