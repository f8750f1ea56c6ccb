"""The last gate of the review: what happens when Wagtail's workflow has ended in approval."""

from typing import Any


def publish_decided_case(workflow_state: Any, user: Any = None) -> None:
    """Publish the revision that was decided on; coordinators hold no `publish` permission."""
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)
