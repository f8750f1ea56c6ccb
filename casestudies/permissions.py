"""Who may do what with a case: every rule gives a verdict and, when it refuses, the reason."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from casestudies.authorship import authors_of
from casestudies.models.choices import Visibility
from casestudies.models.review import CaseVersion, Decision
from casestudies.models.reviewing import ReviewAssignment
from casestudies.querysets import WRITERS
from casestudies.states import CaseState, State, state_of
from portal.directory.models import Role
from portal.directory.permissions import ALLOWED, Standing, Verdict, standing_of

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage, Translation
    from portal.directory.models import Administration, User

NOT_A_WRITER = _("Only the officers who write for this administration may do this.")
NOT_A_COORDINATOR = _("Only the coordinators of this region may do this.")
NOT_THE_CONTACT = _("Only a contact point of this administration may do this.")
NOT_YOURS_TO_SEE = _("Only the administration that writes this case may see it now.")
YOU_WROTE_IT = _("You wrote part of this text: somebody else has to decide on it.")
CLOSED: dict[State, str | Promise] = {
    State.DECLINED: _("This case was declined and cannot be sent again."),
    State.EMBARGOED: _("This case is approved and waits for its date."),
    State.WITHDRAWN: _("This case has been withdrawn."),
}


def _verdict(allowed: bool, reason: str | Promise) -> Verdict:
    return ALLOWED if allowed else Verdict(False, reason)


def _region(case: "CaseStudyPage") -> int:
    return case.administration.region_id


def _writes_for(standing: Standing, case: "CaseStudyPage") -> bool:
    return standing.acts_for(case.administration_id, *WRITERS)


def _presides(standing: Standing, case: "CaseStudyPage") -> bool:
    return standing.coordinates(_region(case)) or standing.is_superuser


def may_create(user: "User", administration: "Administration") -> Verdict:
    """Contributors, contact points and expert editors write for their own administration."""
    allowed = standing_of(user).acts_for(administration.pk, *WRITERS)
    return _verdict(allowed, NOT_A_WRITER)


def may_read(user: "User | AnonymousUser", case: "CaseStudyPage") -> Verdict:
    """Whether a person may read the published case; the same rule as `visible_to`."""
    if not case.live:
        return may_see_draft(user, case)
    return _is_among_readers(user, case, case.visibility)


def may_read_version(
    user: "User | AnonymousUser", case: "CaseStudyPage", version: CaseVersion
) -> Verdict:
    """Whoever may read the case reads its versions, but none that was for fewer people."""
    if not case.live:
        return Verdict(False, CLOSED[State.WITHDRAWN])
    readers = _is_among_readers(user, case, case.visibility)
    return readers and _is_among_readers(user, case, version.visibility)


def _is_among_readers(
    user: "User | AnonymousUser", case: "CaseStudyPage", visibility: str
) -> Verdict:
    standing = standing_of(user)
    if standing.is_curator or standing.is_superuser or visibility == Visibility.PUBLIC:
        return ALLOWED
    if visibility == Visibility.MEMBERS:
        reason = _("This case is for officers of Members.")
        return _verdict(standing.is_member_officer, reason)
    reason = _("This case is for officers of its region.")
    return _verdict(_region(case) in standing.regions, reason)


def may_see_draft(
    user: "User | AnonymousUser", case: "CaseStudyPage", state: CaseState | None = None
) -> Verdict:
    """The administration's writers always; the region once the case was sent to it or published.

    A reviewer, too, from accepting until the decision.
    """
    standing = standing_of(user)
    if standing.is_superuser or _writes_for(standing, case):
        return ALLOWED
    if standing.coordinates(_region(case)) and _was_shown(state or state_of(case), case):
        return ALLOWED
    if standing.serves(_region(case), Role.REVIEWER) and _reads_for_review(user, case, state):
        return ALLOWED
    return Verdict(False, NOT_YOURS_TO_SEE)


def _reads_for_review(
    user: "User | AnonymousUser", case: "CaseStudyPage", state: CaseState | None
) -> bool:
    accepted = ReviewAssignment.objects.filter(
        case=case,
        reviewer=user.pk,
        state__in=(ReviewAssignment.State.ACCEPTED, ReviewAssignment.State.SUBMITTED),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return accepted.exists() and (state or state_of(case)).kind == State.DECISION


def _was_shown(state: CaseState, case: "CaseStudyPage") -> bool:
    if state.in_review or case.first_published_at or state.kind == State.EMBARGOED:
        return True
    return bool(state.last_decision and state.last_decision.step == Decision.Step.DECISION)


def may_edit(user: "User", case: "CaseStudyPage", state: CaseState | None = None) -> Verdict:
    """Its writers while it is not in review; in review the region's coordinators alone."""
    standing, state = standing_of(user), state or state_of(case)
    if state.in_review:
        reason = _("This case is in review: only the region's coordinators may change it now.")
        return _verdict(_presides(standing, case), reason)
    if not _writes_for(standing, case):
        return Verdict(False, NOT_A_WRITER)
    return _verdict(state.kind not in CLOSED, CLOSED.get(state.kind, ""))


def may_write(user: "User", case: "CaseStudyPage") -> Verdict:
    """The rule of the wizard: as `may_edit`, but nobody writes there while a case is in review."""
    state = state_of(case)
    if state.in_review:
        return Verdict(False, _("This case has been sent: it cannot be changed here now."))
    return may_edit(user, case, state)


def may_submit(user: "User", case: "CaseStudyPage") -> Verdict:
    """Its writers send a case that is not with anybody else and was not declined."""
    state = state_of(case)
    if not _writes_for(standing_of(user), case):
        return Verdict(False, NOT_A_WRITER)
    if state.in_review:
        return Verdict(False, _("This case has already been sent."))
    return _verdict(state.kind not in CLOSED, CLOSED.get(state.kind, ""))


def may_return(user: "User", case: "CaseStudyPage", state: CaseState | None = None) -> Verdict:
    """Whoever holds the case may return it with reasons, also if they wrote in it."""
    standing, state = standing_of(user), state or state_of(case)
    if state.kind == State.CLEARANCE:
        return _verdict(
            standing.acts_for(case.administration_id, Role.CONTACT_POINT), NOT_THE_CONTACT
        )
    if state.kind == State.DECISION:
        return _verdict(_presides(standing, case), NOT_A_COORDINATOR)
    return Verdict(False, _("This case is not in review."))


def may_clear(user: "User", case: "CaseStudyPage", state: CaseState | None = None) -> Verdict:
    """A contact point clears what others wrote."""
    state = state or state_of(case)
    if state.kind != State.CLEARANCE:
        return Verdict(False, _("This case does not wait for clearance."))
    return may_return(user, case, state) and _four_eyes(user, case)


def may_decide(user: "User", case: "CaseStudyPage", state: CaseState | None = None) -> Verdict:
    """A coordinator of the region publishes or declines what others wrote."""
    state = state or state_of(case)
    if state.kind != State.DECISION:
        return Verdict(False, _("This case does not wait for a decision."))
    return may_return(user, case, state) and _four_eyes(user, case)


def _four_eyes(user: "User", case: "CaseStudyPage") -> Verdict:
    return _verdict(user.pk not in authors_of(case), YOU_WROTE_IT)


def may_withdraw(user: "User", case: "CaseStudyPage") -> Verdict:
    """The contact point of the Member or the region's coordinators take a case off the forum."""
    standing = standing_of(user)
    if not (case.live or state_of(case).kind == State.EMBARGOED):
        return Verdict(False, _("This case is not published."))
    allowed = _presides(standing, case) or standing.acts_for(
        case.administration_id, Role.CONTACT_POINT
    )
    reason = _("Only a contact point of this administration or its region's coordinators may.")
    return _verdict(allowed, reason)


def may_restore(user: "User", case: "CaseStudyPage") -> Verdict:
    """The region's coordinators bring a withdrawn case back as it last stood."""
    if not case.withdrawn_at:
        return Verdict(False, _("This case has not been withdrawn."))
    return _verdict(_presides(standing_of(user), case), NOT_A_COORDINATOR)


def may_delete(user: "User", case: "CaseStudyPage") -> Verdict:
    """Its writers drop a draft that was never published, decided on or in review."""
    if not _writes_for(standing_of(user), case):
        return Verdict(False, NOT_A_WRITER)
    state = state_of(case)
    never_judged = state.kind == State.DRAFT and state.last_decision is None
    reason = _("What was sent, decided on or published stays on record.")
    return _verdict(never_judged and not case.first_published_at, reason)


def may_translate(user: "User", case: "CaseStudyPage") -> Verdict:
    """The officers who write for the Member, also while a case is in review or waits for a date."""
    if not _writes_for(standing_of(user), case):
        return Verdict(False, NOT_A_WRITER)
    kind = state_of(case).kind
    return _verdict(kind not in (State.DECLINED, State.WITHDRAWN), CLOSED.get(kind, ""))


def may_name_co_authors(user: "User", case: "CaseStudyPage") -> Verdict:
    """The officers who write for the Member, as long as there is something to write."""
    return may_translate(user, case)


def may_be_co_author(user: "User", case: "CaseStudyPage") -> Verdict:
    """Somebody else than who began it, who writes for the same administration today."""
    if user.pk == case.owner_id:
        return Verdict(False, _("This person began the case and is its author already."))
    allowed = user.is_active and _writes_for(standing_of(user), case)
    return _verdict(allowed, _("Only colleagues who write for this administration can be named."))


def may_check_translation(user: "User", translation: "Translation") -> Verdict:
    """As the Member clears its cases: a contact point on others' work, or else its officers.

    A Member that posts without clearance shows its translations without it, too.
    """
    case = translation.case
    verdict = may_translate(user, case)
    if not verdict or not case.administration.clearance_required:
        return verdict
    if case.administration_id not in clears_for(user):
        return Verdict(False, NOT_THE_CONTACT)
    if translation.writers.filter(pk=user.pk).exists():
        return Verdict(False, YOU_WROTE_IT)
    return _verdict(translation.offered_at is not None, _("Its translators are still at work."))


def may_take_off_translation(user: "User", case: "CaseStudyPage") -> Verdict:
    """The contact points of the Member and the region's coordinators, as they withdraw a case."""
    allowed = case.administration_id in clears_for(user) or _presides(standing_of(user), case)
    reason = _("Only a contact point of this administration or its region's coordinators may.")
    return may_see_draft(user, case) and _verdict(allowed, reason)


def clears_for(user: "User") -> set[int]:
    """Give the ids of the administrations that a person is a contact point of."""
    return {
        place for role, place in standing_of(user).by_administration if role == Role.CONTACT_POINT
    }
