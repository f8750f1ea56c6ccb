"""Small values that the components draw: page numbers, facts, squares of Members."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise


@dataclass(frozen=True)
class PageLink:
    """A number in the row of pages, or a gap between two numbers."""

    number: int
    current: bool = False
    gap: bool = False


def links_between(number: int, total: int) -> list[PageLink]:
    """Give first, last and the neighbours of page `number` out of `total`, with the gaps."""
    shown = sorted({1, total, *range(max(1, number - 1), min(total, number + 1) + 1)})
    links = [PageLink(shown[0], current=shown[0] == number)]
    for before, here in pairwise(shown):
        if here - before > 1:
            links.append(PageLink(before + 1, gap=here - before > 2))
        links.append(PageLink(here, current=here == number))
    return links


@dataclass(frozen=True)
class FactValue:
    """One value of a fact, where it leads and in what language it is."""

    label: object
    url: str = ""
    lang: str = ""

    @property
    def leads_out(self) -> bool:
        """Whether the link goes to another site, which somebody typed and nobody vouches for."""
        return "://" in self.url


def values_of(item: object) -> list[FactValue]:
    """Give the values of a fact, a dict or an object, without the empty ones."""
    many = _part(item, "values")
    rows = list(many) if isinstance(many, Iterable) and not isinstance(many, str) else [item]
    values = [
        FactValue(row)
        if isinstance(row, str | int | Promise)
        else FactValue(
            _part(row, "value") if many is None else _part(row, "label") or _part(row, "text"),
            str(_part(row, "url") or ""),
            str(_part(row, "lang") or ""),
        )
        for row in rows
    ]
    return [value for value in values if value.label not in (None, "")]


def _part(item: object, name: str) -> object:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


@dataclass(frozen=True)
class Squares:
    """A small drawing of a region's Members: paths of the `on` and the `off` squares."""

    width: int
    height: int
    on: str
    off: str


SQUARE, PITCH, COLUMNS = 13, 18, 6


def squares(members: int, filled: int) -> Squares:
    """Draw so many squares in rows of six, the filled ones first."""
    rows = -(-members // COLUMNS)

    def outline(first: int, last: int) -> str:
        places = (divmod(index, COLUMNS) for index in range(first, last))
        side = SQUARE - 1
        return "".join(f"M{x * PITCH}.5 {y * PITCH}.5h{side}v{side}h-{side}z" for y, x in places)

    gap = PITCH - SQUARE
    return Squares(
        COLUMNS * PITCH - gap, rows * PITCH - gap, outline(0, filled), outline(filled, members)
    )
