"""Who may ask for a review, give one and read one; and who must not review which case."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState

from casestudies.authorship import authors_of
from casestudies.models.review import Decision
from casestudies.models.reviewing import ReviewAssignment
from casestudies.permissions import (
    NOT_A_COORDINATOR,
    NOT_A_WRITER,
    NOT_YOURS_TO_SEE,
    may_decide,
    may_see_draft,
)
from casestudies.querysets import WRITERS
from casestudies.states import CaseState, State, state_of
from portal.directory.models import Membership, Role
from portal.directory.permissions import ALLOWED, Verdict, standing_of

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage
    from portal.directory.models import User

NOT_A_REVIEWER = _("Only a reviewer of this region may be asked.")
NOT_ASKED = _("You were not asked to review this case.")
OVER = _("This review is over: the case has been decided on or has changed.")
NOT_NOW = _("This is no longer open to you.")


@dataclass(frozen=True)
class Ties:
    """Everybody who stands too near to a case to review it, by what ties them to it."""

    officers: frozenset[int]
    writers: frozenset[int]
    clearers: frozenset[int]

    def against(self, person_id: int) -> str | Promise:
        """Give the reason why this person must not review the case, empty when there is none."""
        if person_id in self.officers:
            return _("Belongs, or belonged, to the administration of this case.")
        if person_id in self.writers:
            return _("Wrote in this case.")
        if person_id in self.clearers:
            return _("Cleared this case.")
        return ""


def ties_of(case: "CaseStudyPage") -> Ties:
    """Read who belongs to the administration, wrote any revision or cleared any, ever."""
    officers = Membership.objects.filter(administration=case.administration_id)
    writers = Revision.objects.for_instance(case).exclude(user=None)
    clearers = Decision.objects.filter(case=case, step=Decision.Step.CLEARANCE)
    return Ties(
        frozenset(officers.values_list("person_id", flat=True)),
        frozenset(writers.values_list("user_id", flat=True)) | {case.owner_id or 0},
        frozenset(clearers.values_list("decided_by_id", flat=True)),
    )


def may_assign(user: "User", case: "CaseStudyPage", state: CaseState | None = None) -> Verdict:
    """Whoever may decide on a case asks others to review it first."""
    return may_decide(user, case, state)


def may_be_asked(person: "User", case: "CaseStudyPage") -> Verdict:
    """A reviewer of the region who has nothing to do with the case."""
    if not standing_of(person).serves(case.administration.region_id, Role.REVIEWER):
        return Verdict(False, NOT_A_REVIEWER)
    return _untied(person, case)


def may_answer(user: "User", assignment: ReviewAssignment) -> Verdict:
    """The person asked, once, while the case waits for its decision."""
    return _own(user, assignment, ReviewAssignment.State.INVITED)


def may_accept(user: "User", assignment: ReviewAssignment) -> Verdict:
    """Whoever may answer, if nothing ties them to the case by now."""
    return may_answer(user, assignment) and _may_still(user, assignment)


def may_review(user: "User", assignment: ReviewAssignment) -> Verdict:
    """Who accepted writes and sends the review, while nothing has come to tie them to the case."""
    verdict = _own(user, assignment, ReviewAssignment.State.ACCEPTED)
    return verdict and _may_still(user, assignment)


def may_take_back(user: "User", assignment: ReviewAssignment) -> Verdict:
    """Whoever may ask takes a request back that is still open."""
    verdict = may_assign(user, assignment.case)
    if verdict and not assignment.is_open:
        return Verdict(False, NOT_NOW)
    return verdict


def may_take_over(user: "User", assignment: ReviewAssignment) -> Verdict:
    """A coordinator reviews in the place of somebody who is silent, if nothing ties them."""
    return may_take_back(user, assignment) and _untied(user, assignment.case)


def may_name_reviewers(user: "User", case: "CaseStudyPage") -> Verdict:
    """Coordinators read reviews with names, except of a text that they wrote in."""
    standing = standing_of(user)
    if not (standing.coordinates(case.administration.region_id) or standing.is_superuser):
        return Verdict(False, NOT_A_COORDINATOR)
    if not may_see_draft(user, case):
        return Verdict(False, NOT_YOURS_TO_SEE)
    if standing.acts_for(case.administration_id) or user.pk in authors_of(case):
        return Verdict(False, _("You wrote part of this text: reviewers stay unnamed to you."))
    return ALLOWED


def may_read_unnamed(user: "User", case: "CaseStudyPage") -> Verdict:
    """The administration's writers read reviews without names, once the region has decided."""
    if not standing_of(user).acts_for(case.administration_id, *WRITERS):
        return Verdict(False, NOT_A_WRITER)
    if not decided_by_region(case):
        return Verdict(False, _("The reviews can be read after the decision."))
    return ALLOWED


def decided_by_region(case: "CaseStudyPage") -> bool:
    """Say whether the region has decided on this case at least once."""
    return Decision.objects.filter(case=case, step=Decision.Step.DECISION).exists()


def _own(user: "User", assignment: ReviewAssignment, needed: str) -> Verdict:
    if assignment.reviewer_id != user.pk:
        return Verdict(False, NOT_ASKED)
    if not is_under_way(assignment):
        return Verdict(False, OVER)
    if assignment.state != needed:
        return Verdict(False, NOT_NOW)
    return ALLOWED


def is_under_way(assignment: ReviewAssignment) -> bool:
    """Say whether the case still waits for the decision that this review was asked for."""
    running = assignment.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    return running and state_of(assignment.case).kind == State.DECISION


def _may_still(user: "User", assignment: ReviewAssignment) -> Verdict:
    region, standing = assignment.case.administration.region_id, standing_of(user)
    if not (
        standing.serves(region, Role.REVIEWER)
        or standing.coordinates(region)
        or standing.is_superuser
    ):
        return Verdict(False, NOT_A_REVIEWER)
    return _untied(user, assignment.case)


def _untied(person: "User", case: "CaseStudyPage") -> Verdict:
    reason = ties_of(case).against(person.pk)
    return Verdict(False, reason) if reason else ALLOWED
