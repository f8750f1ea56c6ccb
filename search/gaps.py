"""What a region lacks: words that were looked for in it on several days without help."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Max, Q
from django.utils import timezone

from portal.directory.models import Region
from search.log import KEPT
from search.models import SearchLogEntry
from search.weak_searches import GOOD_RANK, MOST

# Fewer days could be one person's interest, and words could tell whose.
LEAST_DAYS = 3


class Gap(NamedTuple):
    """Words, the language they were asked in, the region, and on how many days."""

    words: str
    language: str
    region: Region
    days: int
    found_something: bool


def gaps_in(regions: Sequence[Region]) -> list[Gap]:
    """Give what was looked for in these regions in vain, or found without a good choice.

    Only searches narrowed to exactly one of the regions are counted: what they found is what the
    region's coordinators may read. No number of results or searches is given.
    """
    by_slug = {region.slug: region for region in regions}
    since = timezone.localdate() - KEPT
    entries = SearchLogEntry.objects.filter(degraded=False, day__gte=since, region__in=by_slug)
    groups = entries.values("words", "language", "region").annotate(
        days=Count("day", distinct=True),
        most=Max("count"),
        good=Count("pk", filter=Q(clicked_rank__lte=GOOD_RANK)),
    )
    rows = groups.filter(days__gte=LEAST_DAYS, good=0)
    return [
        Gap(row["words"], row["language"], by_slug[row["region"]], row["days"], bool(row["most"]))
        for row in rows.order_by("-days", "words", "language", "region")[:MOST]
    ]
