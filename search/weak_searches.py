"""Searches of the last ninety days that did not help: nothing found, or nothing worth choosing."""

from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override

from portal.core.languages import supported
from search.addresses import page_address
from search.criteria import Criteria
from search.log import KEPT
from search.models import SearchLogEntry
from search.vocabularies import regions

MOST = 100
# Who has to go down further than this was not helped by the order.
GOOD_RANK = 5
LEAST_TIMES = 3


class WeakSearch(NamedTuple):
    """Words looked for in a language and a region, how often, what was found and chosen.

    `best_rank` is the place of the first result chosen, none where nobody chose any.
    """

    words: str
    language: str
    region: str
    times: int
    found: int
    best_rank: int | None

    @property
    def url(self) -> str:
        """Where the search can be run again."""
        filters = {"region": (self.region,)} if self.region in regions(self.language) else {}
        with override(self.language):
            return page_address(Criteria(text=self.words, filters=filters, ui=self.language))

    @property
    def region_label(self) -> str:
        """The name of the region; its slug where it is not known any more."""
        known = regions(supported(get_language())).get(self.region)
        return known.label if known else self.region


def searches_without_results(*, language: str = "", region: str = "") -> list[WeakSearch]:
    """Give what was looked for in vain, the most frequent first, of a language or a region."""
    return _listed(_grouped(language, region).filter(most=0))


def searches_without_a_good_choice(*, language: str = "", region: str = "") -> list[WeakSearch]:
    """Give what found something, was asked three times and more, and led to no good choice.

    A good choice is one of the first five results.
    """
    found = _grouped(language, region).filter(most__gt=0, times__gte=LEAST_TIMES, good=0)
    return _listed(found)


def _grouped(language: str, region: str) -> QuerySet[Any, Any]:
    # What the plain listing found says nothing about the index.
    entries = SearchLogEntry.objects.filter(degraded=False, day__gte=timezone.localdate() - KEPT)
    if language:
        entries = entries.filter(language=language)
    if region:
        entries = entries.filter(region=region)
    return entries.values("words", "language", "region").annotate(
        times=Count("pk"),
        most=Max("count"),
        best=Min("clicked_rank"),
        good=Count("pk", filter=Q(clicked_rank__lte=GOOD_RANK)),
    )


def _listed(groups: QuerySet[Any, Any]) -> list[WeakSearch]:
    rows = groups.order_by("-times", "words", "language", "region")[:MOST]
    return [
        WeakSearch(
            row["words"], row["language"], row["region"], row["times"], row["most"], row["best"]
        )
        for row in rows
    ]
