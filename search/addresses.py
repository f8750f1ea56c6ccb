"""From criteria back to an address: every link of the search page is made here."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from search.criteria import Criteria, Sort
from search.facets import FACETS


def parameters_of(criteria: Criteria) -> Iterator[tuple[str, str]]:
    """Give the parameters that say the same search, in one order and without the defaults."""
    if criteria.text:
        yield "q", criteria.text
    for name in FACETS:
        for value in criteria.chosen(name):
            yield name, value
    for name in ("year_from", "year_to"):
        if year := getattr(criteria, name):
            yield name, str(year)
    for name in ("measured", "failures"):
        if getattr(criteria, name):
            yield name, "1"
    if criteria.sort is not Sort.RELEVANCE:
        yield "sort", criteria.sort.value
    if criteria.page > 1:
        yield "page", str(criteria.page)


def page_address(criteria: Criteria) -> str:
    """Give the address of a search, in the active language."""
    return _with_query("search:page", criteria)


def feed_address(criteria: Criteria) -> str:
    """Give the address of a search as a feed, in the active language."""
    return _with_query("search:feed", replace(criteria, page=1))


def page_prefix(criteria: Criteria) -> str:
    """Give the address of a search up to, but without, the number of a page."""
    return _going_on(replace(criteria, page=1), "page")


def years_prefix(criteria: Criteria) -> str:
    """Give the address of a search, whatever its years, up to, but without, the first year."""
    return _going_on(replace(criteria, year_from=None, year_to=None, page=1), "year_from")


def _going_on(criteria: Criteria, parameter: str) -> str:
    address = page_address(criteria)
    return f"{address}{'&' if '?' in address else '?'}{parameter}="


def without_value(criteria: Criteria, facet: str, value: str) -> Criteria:
    """Give the same search, from its first page, without one chosen value."""
    kept = tuple(chosen for chosen in criteria.chosen(facet) if chosen != value)
    filters = {name: values for name, values in criteria.filters.items() if name != facet}
    return replace(criteria, filters=filters | ({facet: kept} if kept else {}), page=1)


def without_filters(criteria: Criteria) -> Criteria:
    """Give the same words in the same order, with nothing else asked for."""
    return Criteria(text=criteria.text, sort=criteria.sort, size=criteria.size, ui=criteria.ui)


def _with_query(name: str, criteria: Criteria) -> str:
    path, query = _path(name, get_language()), urlencode(list(parameters_of(criteria)))
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=32)
def _path(name: str, _language: str | None) -> str:
    # A page holds a hundred links to searches; finding their address costs more than the query.
    return reverse(name)
