"""What a reader has chosen, as things that can each be dropped again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from search.addresses import page_address, without_value
from search.criteria import Criteria
from search.facets import FACETS, YEAR


@dataclass(frozen=True)
class Chip:
    """A chosen filter: the parameter or range it belongs to, its words, the search without it."""

    name: str
    label: str
    without: Criteria

    @property
    def url(self) -> str:
        """Where the search without it is."""
        return page_address(self.without)


def chips_of(criteria: Criteria) -> list[Chip]:
    """Give a chip for each chosen filter, in the order of the rail."""
    # One kind alone is said by the links above the results.
    known = "kind" if len(criteria.chosen("kind")) == 1 else ""
    return [chip for chip in chosen_of(criteria) if chip.name != known]


def chosen_of(criteria: Criteria) -> Iterator[Chip]:
    """Give everything that was chosen."""
    for name, facet in FACETS.items():
        for value in criteria.chosen(name):
            label = facet.label_of(value, criteria.ui)
            yield Chip(name, label, without_value(criteria, name, value))
    if year := criteria.year_from:
        words = _("From %(year)s") % {"year": year}
        yield Chip(YEAR, words, replace(criteria, year_from=None, page=1))
    if year := criteria.year_to:
        words = _("Until %(year)s") % {"year": year}
        yield Chip(YEAR, words, replace(criteria, year_to=None, page=1))
    if criteria.measured:
        without = replace(criteria, measured=False, page=1)
        yield Chip("measured", _("With measured results"), without)
    if criteria.failures:
        without = replace(criteria, failures=False, page=1)
        yield Chip("failures", _("With failures described"), without)
