"""The end of one way through the review: nobody reads on for a decision that has been made."""

from django.utils import timezone
from wagtail.models import WorkflowState

from casestudies.models import ReviewAssignment
from casestudies.models.reviewing import OPEN


def close_assignments(workflow_state: WorkflowState) -> None:
    """Take every open request for a review back; the caller holds the case."""
    open_ones = ReviewAssignment.objects.filter(workflow_state=workflow_state, state__in=OPEN)
    open_ones.update(state=ReviewAssignment.State.WITHDRAWN, since=timezone.now())
