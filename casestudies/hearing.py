"""What somebody may hear of a case: asked again each time a notification is shown or mailed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from casestudies.events import EVENTS
from casestudies.models import CaseStudyPage, ReviewAssignment
from casestudies.models.reviewing import OPEN
from casestudies.permissions import may_see_draft
from casestudies.renewal import is_due
from casestudies.states import CaseState, states_of
from portal.directory.models import Role
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from casestudies.models import Notification
    from portal.directory.models import User


class Heard(NamedTuple):
    """A title that the person may read, and whether the reasons of decisions are theirs too."""

    title: str
    reasons: bool


class Hearing:
    """Answers for one person about the cases of many notifications, in few statements."""

    def __init__(self, person: "User", notifications: Iterable["Notification"]) -> None:
        self._person = person
        self._cases = {item.case_id: item.case for item in notifications}
        self._states = states_of(self._cases.values())
        requests = ReviewAssignment.objects.filter(
            case__in=list(self._cases), reviewer=person, state__in=OPEN
        )
        self._requests = set(requests.values_list("case_id", "state"))
        visible = CaseStudyPage.objects.visible_to(person).filter(pk__in=list(self._cases))
        self._visible = set(visible.order_by().values_list("pk", flat=True))

    def heard(self, notification: "Notification") -> Heard | None:
        """Give what the person may hear of the case, None when it is hidden from them now."""
        case = self._cases[notification.case_id]
        if may_see_draft(self._person, case, self._state(case)):
            return Heard(_in_one_line(case.draft_title), reasons=True)
        if self._is_asked(case):
            return Heard(_in_one_line(case.draft_title), reasons=False)
        if case.pk in self._visible:
            return Heard(_in_one_line(case.title), reasons=False)
        return None

    def is_over(self, notification: "Notification") -> bool:
        """Say whether what was asked of the person has been done, or is asked no more."""
        event = EVENTS[notification.event]
        case = self._cases[notification.case_id]
        if event.at and self._state(case).kind != event.at:
            return True
        if event.while_due and not is_due(case):
            return True
        return bool(event.asked) and (case.pk, event.asked) not in self._requests

    def _state(self, case: CaseStudyPage) -> CaseState:
        return self._states[case.pk]

    def _is_asked(self, case: CaseStudyPage) -> bool:
        region = case.administration.region_id
        serves = standing_of(self._person).serves(region, Role.REVIEWER)
        return serves and any(pk == case.pk for pk, _state in self._requests)


def _in_one_line(title: str) -> str:
    # A line break in a title would end the header of a mail.
    return " ".join(title.split())
