"""What a reader has chosen, as things that can each be dropped again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from search.addresses import page_address, without_value
from search.criteria import Criteria
from search.facets import FACETS


class Chip(NamedTuple):
    """A chosen filter in words, what it filters, and the search without it."""

    label: str
    about: str
    url: str


def chips_of(criteria: Criteria) -> list[Chip]:
    """Give a chip for each chosen filter, in the order of the rail."""
    return [*_values(criteria), *_years(criteria), *_ticks(criteria)]


def _values(criteria: Criteria) -> Iterator[Chip]:
    for name, facet in FACETS.items():
        if name == "kind" and len(criteria.chosen(name)) == 1:
            # The links above the results say it already.
            continue
        for value in criteria.chosen(name):
            url = page_address(without_value(criteria, name, value))
            yield Chip(facet.label_of(value, criteria.ui), str(facet.label), url)


def _years(criteria: Criteria) -> Iterator[Chip]:
    if criteria.year_from:
        url = page_address(replace(criteria, year_from=None, page=1))
        yield Chip(_("From %(year)s") % {"year": criteria.year_from}, _("Year"), url)
    if criteria.year_to:
        url = page_address(replace(criteria, year_to=None, page=1))
        yield Chip(_("Until %(year)s") % {"year": criteria.year_to}, _("Year"), url)


def _ticks(criteria: Criteria) -> Iterator[Chip]:
    if criteria.measured:
        url = page_address(replace(criteria, measured=False, page=1))
        yield Chip(_("With measured results"), _("Evidence"), url)
    if criteria.failures:
        url = page_address(replace(criteria, failures=False, page=1))
        yield Chip(_("With failures described"), _("Evidence"), url)
