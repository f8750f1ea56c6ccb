"""Who hears of a step of the review: only people of the administration and region concerned."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from casestudies.events import EVENTS
from casestudies.models import CaseStudyPage, CaseVersion, Decision, ReviewAssignment
from casestudies.services.notifying import notify
from casestudies.states import State, state_of
from portal.directory.models import Membership, Role

if TYPE_CHECKING:
    from portal.directory.models import User

WAITING_EVENTS = {State.CLEARANCE: "to_clear", State.DECISION: "to_decide"}


def announce_waiting(case: CaseStudyPage, by: "User") -> None:
    """Tell whoever holds the case now that it waits for them."""
    state = state_of(case)
    holders = contact_points(case) if state.kind == State.CLEARANCE else coordinators(case)
    if event := WAITING_EVENTS.get(state.kind):
        _tell(event, case, holders - {by.pk})


def announce_decision(decision: Decision, authors: Iterable[int]) -> None:
    """Tell the authors, the contact points and, after clearance, the region's coordinators."""
    case = CaseStudyPage.objects.get(pk=decision.case_id)
    wrote = {*authors, decision.workflow_state.requested_by_id}
    writers = still_there(case, wrote) | owners_of(case)
    by = {decision.decided_by_id}
    state = state_of(case).kind
    if decision.kind == Decision.Kind.CLEARED and state == State.DECISION:
        _tell("to_decide", case, coordinators(case) - by)
        _tell("cleared", case, writers - by - coordinators(case))
        return
    event = str(decision.kind)
    if decision.kind in (Decision.Kind.CLEARED, Decision.Kind.PUBLISHED):
        # A minor change is published by its clearance.
        event = "approved" if state == State.EMBARGOED else "published"
    _tell(event, case, (writers | contact_points(case)) - by, decision)


def announce_publication(case: CaseStudyPage) -> None:
    """Tell the sender and the contact points that an embargo has ended."""
    last = Decision.objects.filter(case=case).last()
    sender = {last.workflow_state.requested_by_id} if last else set()
    _tell("published", case, still_there(case, sender) | contact_points(case))


def announce_withdrawal(case: CaseStudyPage, by: "User") -> None:
    """Tell the contact points and the region's coordinators."""
    _tell("withdrawn", case, (contact_points(case) | coordinators(case)) - {by.pk})


def announce_change(act: str, case: CaseStudyPage, by: "User") -> None:
    """Tell the same people, and the owners, that a case has other readers or another place."""
    _tell(act, case, (contact_points(case) | coordinators(case) | owners_of(case)) - {by.pk})


def announce_parting(case: CaseStudyPage, former: set[int], by: "User") -> None:
    """Tell those who looked after a case that it belongs to another administration now."""
    _tell("moved_away", case, former - contact_points(case) - coordinators(case) - {by.pk})


def announce_request(assignment: ReviewAssignment) -> None:
    """Tell a reviewer that a review is asked of them."""
    _tell("to_review", assignment.case, {assignment.reviewer_id})


def announce_answer(assignment: ReviewAssignment) -> None:
    """Tell whoever asked that the review was declined, or has been sent."""
    asked_by = {assignment.invited_by_id} - {assignment.reviewer_id}
    _tell(f"review_{assignment.state}", assignment.case, asked_by)


def announce_translation(event: str, case: CaseStudyPage, people: set[int]) -> None:
    """Tell people of the administration that a translation was offered, checked or returned."""
    _tell(f"translation_{event}", case, still_there(case, {*people}))


def announce_co_author(case: CaseStudyPage, person: "User", by: "User") -> None:
    """Tell a colleague that they were named as a co-author, unless they did it themselves."""
    _tell("co_author", case, still_there(case, {person.pk}) - {by.pk})


def announce_draft(case: CaseStudyPage, person: "User") -> None:
    """Tell a participant of a write-shop that a draft was opened in their name."""
    _tell("workshop_draft", case, {person.pk})


def announce_handed_in(case: CaseStudyPage, by: "User") -> None:
    """Tell the owners of a draft that a filled template waits for them."""
    _tell("handed_in", case, owners_of(case) - {by.pk})


def contact_points(case: CaseStudyPage) -> set[int]:
    """Give the ids of the contact points of the case's administration."""
    return _holders(Q(administration=case.administration_id, role=Role.CONTACT_POINT))


def owners_of(case: CaseStudyPage) -> set[int]:
    """Give the ids of who began a case and its co-authors, as far as they are still there."""
    named = case.co_authors.values_list("person_id", flat=True)
    return still_there(case, {case.owner_id, *named})


def coordinators(case: CaseStudyPage) -> set[int]:
    """Give the ids of the region's coordinators; of the curators where the region has none."""
    region = case.administration.region_id
    return _holders(Q(region=region, role=Role.COORDINATOR)) or _holders(Q(role=Role.CURATOR))


def still_there(case: CaseStudyPage, people: set[int | None]) -> set[int]:
    """Keep those who still have a part in the case's administration."""
    return _holders(Q(administration=case.administration_id)).intersection(people)


def _holders(place: Q) -> set[int]:
    return set(Membership.objects.active().filter(place).values_list("person_id", flat=True))


def _tell(
    event: str, case: CaseStudyPage, people: Iterable[int], decision: Decision | None = None
) -> None:
    event = _of_a_change(event, case)
    notify(event=event, case=case, people=people, decision=decision)


def _of_a_change(event: str, case: CaseStudyPage) -> str:
    """Give the words for a new version of a published case, where there are words of their own."""
    changed = f"change_{event}"
    if changed not in EVENTS or not case.live:
        return event
    earlier = CaseVersion.objects.filter(page_id=case.pk).count() - (event == "published")
    return changed if earlier > 0 else event
