"""The whole of what was found by region and Member: the map of the page, and its table.

Made of the counts of two facets, so it costs nothing beside the search; every result has a region.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from search.addresses import up_to, with_values
from search.criteria import Criteria, View
from search.facets import FACETS
from search.results import Results

# How many shades tell few from many; the number stands on the tile as well.
SHADES = 4


@dataclass(frozen=True)
class Tile:
    """A Member, or whoever has the rights of one, with its results and the search for them."""

    code: str
    label: str
    count: int
    url: str
    shade: int


@dataclass(frozen=True)
class Place:
    """A region with its results, those of each Member, and those that are of no Member alone."""

    slug: str
    label: str
    count: int
    url: str
    tiles: tuple[Tile, ...]

    @property
    def found(self) -> Sequence[Tile]:
        """The Members that have results, most first."""
        return sorted((t for t in self.tiles if t.count), key=lambda tile: -tile.count)

    @property
    def of_all(self) -> int:
        """How many results belong to the region as a whole, such as its collections."""
        return max(0, self.count - sum(tile.count for tile in self.tiles))


def places_of(results: Results, criteria: Criteria) -> list[Place]:
    """Give every region in order, each with all its Members by name."""
    anywhere = with_values(with_values(criteria, "administration", ()), "region", ())
    listed = replace(anywhere, view=View.LIST)
    regions, prefix = _counts(results, criteria, "region"), up_to(listed, "region")
    tiles = _tiles(_counts(results, criteria, "administration"), listed)
    return [
        Place(slug, region.label, regions.get(slug, 0), prefix + slug, tuple(tiles[slug]))
        for slug, region in FACETS["region"].labels(criteria.ui).items()
    ]


def _counts(results: Results, criteria: Criteria, facet: str) -> Mapping[str, int]:
    # A facet counts what was not chosen as well; the map shows what was found.
    chosen = criteria.chosen(facet)
    values = results.facets.get(facet, ())
    return {item.value: item.count for item in values if not chosen or item.value in chosen}


def _tiles(counts: Mapping[str, int], listed: Criteria) -> Mapping[str, list[Tile]]:
    most, prefix = max(counts.values(), default=0), up_to(listed, "administration")
    tiles: dict[str, list[Tile]] = defaultdict(list)
    known = FACETS["administration"].labels(listed.ui)
    for slug, member in sorted(known.items(), key=lambda item: item[1].label.casefold()):
        count = counts.get(slug, 0)
        shade = ceil(SHADES * count / most) if count else 0
        tiles[member.parent].append(Tile(member.code, member.label, count, prefix + slug, shade))
    return tiles
