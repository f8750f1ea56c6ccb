"""Which published cases their owners are to look at again, and how soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from casestudies.freshness import freshness_of
from casestudies.models import CaseStudyPage
from casestudies.models.choices import Freshness

# Days before the review-by date, the earlier reminder first.
REMINDED_BEFORE = (60, 14)


@dataclass(frozen=True)
class DueCase:
    """A case whose owners are to be reminded: `days` says which reminder is due.

    A reminder is one for a case, its review-by date and `days`: it is not sent twice.
    """

    case: CaseStudyPage
    days: int


def cases_due_for_reminder(today: date) -> list[DueCase]:
    """Give the published cases whose reminder is due on a day, the soonest first.

    A reminder stays due until the next one is, or until the date itself: a day on which nobody
    looked loses none.
    """
    first, last = REMINDED_BEFORE
    cases = CaseStudyPage.objects.filter(
        live=True, review_by__gte=today, review_by__lte=today + timedelta(days=first)
    )
    found = cases.select_related("administration").order_by("review_by", "pk")
    soon = today + timedelta(days=last)
    return [DueCase(case, last if case.review_by <= soon else first) for case in found]


def is_due(case: CaseStudyPage) -> bool:
    """Say whether its owners have still to answer whether a published case is true."""
    today = timezone.localdate()
    return case.live and freshness_of(case.review_by, today) != Freshness.CURRENT
