"""The last gate of the review: what Wagtail calls when a workflow has ended in approval.

Wagtail imports this module while its own models load, so no model is imported at its top.
"""

from typing import Any


def publish_decided_case(workflow_state: Any, user: Any = None) -> None:
    """Publish the case of a workflow, if somebody who may has decided on exactly this text."""
    from casestudies.services.publication import publish_decided

    publish_decided(workflow_state=workflow_state, by=user)
