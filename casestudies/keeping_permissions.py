"""Who may keep a published case: confirm it, change who reads it, give it to another Member."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casestudies.models.choices import Visibility
from casestudies.permissions import NOT_A_COORDINATOR, NOT_A_WRITER
from casestudies.querysets import WRITERS
from casestudies.states import state_of
from portal.directory.models import Role
from portal.directory.permissions import ALLOWED, Verdict, standing_of

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage
    from portal.directory.models import Administration, User

NOT_PUBLISHED = _("This case is not published.")
# From the smallest circle to the largest.
CIRCLES = (Visibility.REGION, Visibility.MEMBERS, Visibility.PUBLIC)


def may_confirm(user: "User", case: "CaseStudyPage") -> Verdict:
    """The officers who write for its administration say that a published case is still true."""
    if not case.live:
        return Verdict(False, NOT_PUBLISHED)
    allowed = standing_of(user).acts_for(case.administration_id, *WRITERS)
    return ALLOWED if allowed else Verdict(False, NOT_A_WRITER)


def may_change_visibility(user: "User", case: "CaseStudyPage", to: str) -> Verdict:
    """Fewer readers: who may withdraw it. More readers: the Member's contact points alone."""
    if not case.live:
        return Verdict(False, NOT_PUBLISHED)
    if to == case.visibility or to not in CIRCLES:
        return Verdict(False, _("Choose other readers than it has now."))
    standing = standing_of(user)
    if standing.acts_for(case.administration_id, Role.CONTACT_POINT):
        return ALLOWED
    if CIRCLES.index(Visibility(to)) > CIRCLES.index(Visibility(case.visibility)):
        reason = _("Only a contact point of this administration may open it to more readers.")
        return Verdict(False, reason)
    presides = standing.coordinates(case.administration.region_id) or standing.is_superuser
    reason = _("Only a contact point of this administration or its region's coordinators may.")
    return ALLOWED if presides else Verdict(False, reason)


def circles_for(user: "User", case: "CaseStudyPage") -> list[Visibility]:
    """Give the circles of readers that this person may choose for a case."""
    return [to for to in CIRCLES if may_change_visibility(user, case, to)]


def may_move(user: "User", case: "CaseStudyPage", to: "Administration | None" = None) -> Verdict:
    """Who coordinates its region and the other one moves a case that was published.

    Without `to` this says whether the person moves it anywhere at all.
    """
    standing = standing_of(user)
    regions = {case.administration.region_id, to.region_id if to else None} - {None}
    presides = all(standing.coordinates(region) for region in regions)
    if not (presides or standing.is_superuser):
        return Verdict(False, NOT_A_COORDINATOR)
    if to and to.pk == case.administration_id:
        return Verdict(False, _("The case belongs to this administration already."))
    if not case.first_published_at:
        return Verdict(False, _("Only a case that was published is moved."))
    if state_of(case).in_review:
        return Verdict(False, _("A new version is in review: it is decided on first."))
    return ALLOWED
