"""The links above the results: their kinds with counts, the views of them, their orders."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.addresses import page_address, with_values
from search.criteria import Criteria, Sort, View
from search.facets import Kind
from search.results import Results


@dataclass(frozen=True)
class Choice:
    """A link that shows other results, or the same ones in another way."""

    value: str
    label: str | Promise
    url: str
    current: bool
    count: int | None = None


KINDS: dict[Kind, Promise] = {
    Kind.CASE: gettext_lazy("Case studies"),
    Kind.COLLECTION: gettext_lazy("Collections"),
}
VIEWS: dict[View, Promise] = {
    View.LIST: gettext_lazy("List"),
    View.TABLE: gettext_lazy("Table"),
    View.MAP: gettext_lazy("Map"),
}
# A new order needs its name here, its fields in both engines, and its place in `Sort`.
SORTS: dict[Sort, Promise] = {
    Sort.RELEVANCE: gettext_lazy("Relevance"),
    Sort.NEWEST: gettext_lazy("Newest"),
    Sort.UPDATED: gettext_lazy("Last updated"),
}


def kind_links(results: Results, criteria: Criteria) -> list[Choice]:
    """Give all kinds together and each alone, where there is more than one or one was chosen."""
    found = {value.value: value for value in results.facets.get("kind", ())}
    chosen = criteria.chosen("kind")
    if not any(value.count for value in found.values()) or (len(found) < 2 and not chosen):
        return []
    together = sum(value.count for value in found.values())
    every = Choice("all", _("All"), _of_kind(criteria), not chosen, together)
    return [
        every,
        *(
            Choice(kind, label, _of_kind(criteria, kind), chosen == (kind,), found[kind].count)
            for kind, label in KINDS.items()
            if kind in found
        ),
    ]


def _of_kind(criteria: Criteria, *kinds: str) -> str:
    return page_address(with_values(criteria, "kind", kinds))


def view_links(criteria: Criteria) -> list[Choice]:
    """Give the views; the list and the table of the same results have the same pages."""
    return [
        Choice(view, label, page_address(_seen_as(criteria, view)), view is criteria.view)
        for view, label in VIEWS.items()
    ]


def _seen_as(criteria: Criteria, view: View) -> Criteria:
    whole = View.MAP in (view, criteria.view)
    return replace(criteria, view=view, page=1 if whole else criteria.page)


def sort_links(criteria: Criteria) -> list[Choice]:
    """Give the orders that make sense: a map has none, and nothing is relevant without words."""
    return [] if criteria.view is View.MAP else list(_sort_links(criteria))


def _sort_links(criteria: Criteria) -> Iterator[Choice]:
    for sort, label in SORTS.items():
        if sort is Sort.RELEVANCE and not criteria.text:
            continue
        url = page_address(replace(criteria, sort=sort, page=1))
        yield Choice(sort, label, url, sort is criteria.effective_sort)
