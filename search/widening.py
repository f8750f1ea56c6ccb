"""Nothing was found: what could be left out, what is near, and how much each would bring."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from casestudies.models import CaseStudyPage
from casestudies.readers.lists import counted_topics
from search.addresses import page_address, without_filter, without_filters
from search.chips import chosen_of
from search.criteria import Criteria
from search.facets import FACETS
from search.near import near_topics
from search.service import totals

if TYPE_CHECKING:
    from portal.directory.models import User

# Each is a search of its own for the engine, though all go in one request.
MOST_WORDS = 8
MOST_SHOWN = 6


@dataclass(frozen=True)
class Way:
    """A wider search: what was left out, where it leads, and its results where they are known."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Instead:
    """What a reader is offered where nothing was found."""

    ways: list[Way]
    topics: list[Way]


def instead_of_nothing(criteria: Criteria, user: "User | AnonymousUser") -> Instead:
    """Give wider searches and near topics that would find something, those that find most first.

    All are counted in one request; while the engine is away they are given without counts. Where
    no topic is near, it gives those that most experiences of the chosen region have.
    """
    wider, near = list(_wider(criteria)), list(_near(criteria))
    counts = totals([search for _label, search in (*wider, *near)], user)
    known = [None] * len(wider + near) if counts is None else counts
    ways = _ways(wider, known[: len(wider)])[:MOST_SHOWN]
    return Instead(ways, _ways(near, known[len(wider) :]) or _of_region(criteria, user))


def _ways(searches: Sequence[tuple[str, Criteria]], counts: Sequence[int | None]) -> list[Way]:
    ways = [
        Way(label, page_address(search), count)
        for (label, search), count in zip(searches, counts, strict=True)
        if count != 0
    ]
    return sorted(ways, key=lambda way: -(way.count or 0))


def _near(criteria: Criteria) -> Iterator[tuple[str, Criteria]]:
    for slug in near_topics(criteria.text, criteria.ui):
        label = FACETS["topic"].label_of(slug, criteria.ui)
        yield label, Criteria(filters={"topic": (slug,)}, ui=criteria.ui)


def _of_region(criteria: Criteria, user: "User | AnonymousUser") -> list[Way]:
    regions = criteria.chosen("region")
    if len(regions) != 1:
        return []
    cases = CaseStudyPage.objects.visible_to(user).filter(administration__region__slug=regions[0])
    rows = counted_topics(cases, MOST_SHOWN, region=regions[0])
    return [Way(row["label"], row["url"], row["count"]) for row in rows]


def _wider(criteria: Criteria) -> Iterator[tuple[str, Criteria]]:
    filters = list(_without_each_filter(criteria))
    words = criteria.text.split()
    yield from filters
    if len(words) > 1:
        for word in dict.fromkeys(words[:MOST_WORDS]):
            rest = " ".join(other for other in words if other != word)
            yield (
                _("Without the word “%(word)s”") % {"word": word},
                replace(criteria, text=rest, page=1),
            )
    if words and filters:
        yield _("The filters without the words"), replace(criteria, text="", page=1)
    if words and len(filters) > 1:
        yield _("The words without the filters"), without_filters(criteria)


def _without_each_filter(criteria: Criteria) -> Iterator[tuple[str, Criteria]]:
    # Values of one filter stand for each other: only dropping all of them finds more.
    chosen: dict[str, list[str]] = {}
    for chip in chosen_of(criteria):
        chosen.setdefault(chip.name, []).append(chip.label)
    for name, labels in chosen.items():
        words = _("Without “%(filter)s”") % {"filter": " · ".join(labels)}
        yield words, without_filter(criteria, name)
