"""A table of figures, and the one way to say a median."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.utils.translation import gettext as _

from portal.core.csv_files import Cell

# A median of fewer says more about one case than about the review.
FEWEST = 3
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Table:
    """Rows with a heading: the first cell of each names it; `about` says how to read them."""

    title: str
    about: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def median_days(spans: Sequence[timedelta]) -> Cell:
    """Give the median in days, to a tenth; words in its place where there are too few."""
    if len(spans) < FEWEST:
        return _("Too few") if spans else "–"
    return round(median(span / DAY for span in spans), 1)
