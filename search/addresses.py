"""From criteria back to an address: every link of the search page is made here."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from search.criteria import Criteria, Sort, View
from search.facets import FACETS, YEAR


def parameters_of(criteria: Criteria) -> Iterator[tuple[str, str]]:
    """Give the parameters that say the same search, in one order and without the defaults."""
    yield from asked_for(criteria)
    yield from _shown_how(criteria)
    if criteria.page > 1:
        yield "page", str(criteria.page)


def asked_for(criteria: Criteria) -> Iterator[tuple[str, str]]:
    """Give the parameters of what is looked for: words and filters, however they are shown."""
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


def _shown_how(criteria: Criteria) -> Iterator[tuple[str, str]]:
    if criteria.sort is not Sort.RELEVANCE:
        yield "sort", criteria.sort.value
    if criteria.view is not View.LIST:
        yield "view", criteria.view.value


def kept_by_form(criteria: Criteria) -> list[tuple[str, str]]:
    """Give the parameters that the form of the page has no field for."""
    return [*(("kind", kind) for kind in criteria.chosen("kind")), *_shown_how(criteria)]


def page_address(criteria: Criteria) -> str:
    """Give the address of a search, in the active language."""
    return _with_query("search:page", criteria)


def feed_address(criteria: Criteria) -> str:
    """Give the address of a search as a feed, in the active language."""
    return _with_query("search:feed", replace(criteria, view=View.LIST, page=1))


def addresses_to_take(criteria: Criteria) -> dict[str, str]:
    """Give where the same search is a feed, a file, or an answer to programs, by format."""
    whole = replace(criteria, view=View.LIST, page=1)
    query = urlencode([*parameters_of(whole), ("ui", criteria.ui)])
    return {
        "feed": _with_query("search:feed", whole),
        "csv": _with_query("search:csv", whole),
        "xlsx": _with_query("search:xlsx", whole),
        "json": f"/api/v1/search?{query}",
    }


def page_prefix(criteria: Criteria) -> str:
    """Give the address of a search up to, but without, the number of a page."""
    return up_to(replace(criteria, page=1), "page")


def years_prefix(criteria: Criteria) -> str:
    """Give the address of a search, whatever its years, up to, but without, the first year."""
    return up_to(replace(criteria, year_from=None, year_to=None, page=1), "year_from")


def up_to(criteria: Criteria, parameter: str) -> str:
    """Give the address of a search that goes on with one more parameter, without its value."""
    address = page_address(criteria)
    return f"{address}{'&' if '?' in address else '?'}{parameter}="


def without_value(criteria: Criteria, facet: str, value: str) -> Criteria:
    """Give the same search, from its first page, without one chosen value."""
    kept = tuple(chosen for chosen in criteria.chosen(facet) if chosen != value)
    return with_values(criteria, facet, kept)


def with_values(criteria: Criteria, facet: str, values: Collection[str]) -> Criteria:
    """Give the same search, from its first page, with exactly these values of a facet."""
    filters = {name: chosen for name, chosen in criteria.filters.items() if name != facet}
    given = {facet: tuple(values)} if values else {}
    return replace(criteria, filters=filters | given, page=1)


def without_filter(criteria: Criteria, name: str) -> Criteria:
    """Give the same search, from its first page, with nothing of one filter."""
    if name in FACETS:
        return with_values(criteria, name, ())
    nothing = {YEAR: {"year_from": None, "year_to": None}}.get(name, {name: False})
    return replace(criteria, page=1, **nothing)


def without_filters(criteria: Criteria) -> Criteria:
    """Give the same words, in the same order and view, with nothing else asked for."""
    return Criteria(
        text=criteria.text,
        sort=criteria.sort,
        view=criteria.view,
        size=criteria.size,
        ui=criteria.ui,
    )


def _with_query(name: str, criteria: Criteria) -> str:
    path, query = _path(name, get_language()), urlencode(list(parameters_of(criteria)))
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=32)
def _path(name: str, _language: str | None) -> str:
    # A page holds a hundred links to searches; finding their address costs more than the query.
    return reverse(name)
