"""How fresh a case is: told by its review-by date and today, never stored."""

from datetime import date, timedelta

from casestudies.models.choices import Freshness

NOTICE = timedelta(days=90)


def freshness_of(review_by: date | None, today: date) -> Freshness:
    """Give `due` in the three months before the review-by date, `outdated` after it."""
    if review_by is None or today < review_by - NOTICE:
        return Freshness.CURRENT
    return Freshness.DUE if today <= review_by else Freshness.OUTDATED
