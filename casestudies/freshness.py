"""How fresh a case is: told by its review-by date and today, never stored."""

from datetime import date, timedelta

from casestudies.models.choices import Freshness

# Its owners are first reminded so long before the date, and answer until so long after it.
NOTICE = timedelta(days=60)
SILENCE = timedelta(days=90)


def freshness_of(review_by: date | None, today: date) -> Freshness:
    """Give `due` from 60 days before the review-by date, `outdated` after 90 days of silence."""
    if review_by is None or today < review_by - NOTICE:
        return Freshness.CURRENT
    return Freshness.DUE if today <= review_by + SILENCE else Freshness.OUTDATED
