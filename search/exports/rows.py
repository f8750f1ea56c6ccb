"""Results as the rows of a file: columns named in the reader's language, nothing that computes."""

from collections.abc import Callable, Iterable, Iterator

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.csv_files import Cell
from portal.core.languages import OWN_NAMES
from portal.core.text import harmless
from search.facets import FACETS
from search.results import Hit, Label

Column = Callable[[Hit], Cell]


def _name(label: Label | None) -> str:
    return label.label if label else ""


def _kind(hit: Hit) -> str:
    return FACETS["kind"].label_of(hit.kind)


COLUMNS: dict[str | Promise, Column] = {
    _("Number"): lambda hit: hit.id,
    _("Kind"): _kind,
    _("Title"): lambda hit: hit.title,
    _("Short explanation"): lambda hit: hit.summary,
    _("Language of the original"): lambda hit: OWN_NAMES.get(hit.language, hit.language),
    _("Region"): lambda hit: _name(hit.region),
    _("Administration"): lambda hit: _name(hit.administration),
    _("Year put into practice"): lambda hit: hit.year,
    _("Stage"): lambda hit: _name(hit.stage),
    _("Topics"): lambda hit: "; ".join(map(_name, hit.topics)),
    _("Cost"): lambda hit: _name(hit.cost),
    _("Level of trust"): lambda hit: _name(hit.level),
    _("Last updated"): lambda hit: hit.updated.date() if hit.updated else None,
}


def heads() -> list[str]:
    """Name the columns in the active language."""
    return [*map(str, COLUMNS), str(_("Address"))]


def rows_of(hits: Iterable[Hit], request: HttpRequest) -> Iterator[list[Cell]]:
    """Give the rows of these results, with full addresses as the reader knows the portal."""
    for hit in hits:
        cells = [_safe(column(hit)) for column in COLUMNS.values()]
        yield [*cells, request.build_absolute_uri(hit.url)]


def _safe(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell
