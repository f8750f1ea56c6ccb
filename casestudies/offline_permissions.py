"""Who may take a filled template in, hand one in for others, and run a write-shop."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casestudies.permissions import NOT_A_COORDINATOR, NOT_A_WRITER, may_create, may_edit
from casestudies.states import State, state_of
from portal.directory.permissions import ALLOWED, Verdict, standing_of

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage, Workshop
    from portal.directory.models import Administration, Region, User


def may_fill_in(user: "User", case: "CaseStudyPage") -> Verdict:
    """The writers of the administration, while the case is with them: also no coordinator."""
    if state_of(case).in_review:
        return Verdict(False, _("This case has been sent: it cannot be changed here now."))
    return may_edit(user, case)


def may_read_report(user: "User", case: "CaseStudyPage") -> Verdict:
    """The writers of the administration only: a report holds words that are in no draft."""
    return may_create(user, case.administration)


def may_run_workshops(user: "User", region: "Region") -> Verdict:
    """The coordinators of the region, the curators, and the operator."""
    standing = standing_of(user)
    if standing.coordinates(region.pk) or standing.is_superuser:
        return ALLOWED
    return Verdict(False, NOT_A_COORDINATOR)


def may_take_part(person: "User", administration: "Administration", region: "Region") -> Verdict:
    """Those who write for a Member of the region already: nobody is appointed by a write-shop."""
    if administration.region_id != region.pk:
        return Verdict(False, _("This administration belongs to another region."))
    if not person.is_active or not may_create(person, administration):
        return Verdict(False, NOT_A_WRITER)
    return ALLOWED


def may_hand_in(user: "User", workshop: "Workshop", case: "CaseStudyPage") -> Verdict:
    """Whoever runs the write-shop, for a draft that was opened in it and was not sent yet."""
    verdict = may_run_workshops(user, workshop.region)
    if not verdict:
        return verdict
    if not workshop.seats.filter(case=case).exists():
        return Verdict(False, _("This draft was not opened in this write-shop."))
    if state_of(case).kind not in (State.DRAFT, State.RETURNED):
        return Verdict(False, _("This case has been sent: it cannot be changed here now."))
    return ALLOWED
