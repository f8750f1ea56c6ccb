"""The rail of filters: which values are shown at once, which are folded, and in what groups."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.criteria import Criteria
from search.facets import FACETS, Facet
from search.results import FacetValue, Results

SHOWN = 6
# Folding away one or two saves nothing.
SPARED = 2
# A field to filter a list is worth its place from here on.
LONG = 12
FIRST = ("topic", "region", "administration", "stage", "language")


@dataclass(frozen=True)
class Group:
    """Values under one heading; `head` is the value that stands for the whole group."""

    label: str
    values: tuple[FacetValue, ...]
    head: FacetValue | None = None


@dataclass(frozen=True)
class Question:
    """One facet as the rail shows it."""

    name: str
    label: str
    shown: tuple[FacetValue, ...]
    folded: tuple[Group, ...] = ()

    @property
    def folded_count(self) -> int:
        """How many values are folded away."""
        return sum(len(group.values) + bool(group.head) for group in self.folded)

    @property
    def is_long(self) -> bool:
        """Whether a field to filter the folded values helps."""
        return self.folded_count >= LONG

    @property
    def is_chosen(self) -> bool:
        """Whether something of it is chosen; what is chosen is never folded."""
        return any(value.selected for value in self.shown)


@dataclass(frozen=True)
class Rail:
    """The questions most readers ask, and the others, folded until one of them is used."""

    first: tuple[Question, ...]
    more: tuple[Question, ...]

    @property
    def more_is_open(self) -> bool:
        """Whether the folded questions hold a chosen value."""
        return any(question.is_chosen for question in self.more)


def rail_of(results: Results, criteria: Criteria) -> Rail:
    """Lay out every facet that has something to choose; kinds are links above the results."""
    questions = {
        name: _question(facet, values, criteria.ui)
        for name, facet in FACETS.items()
        if name != "kind" and (values := results.facets.get(name))
    }
    return Rail(
        tuple(questions[name] for name in FIRST if name in questions),
        tuple(question for name, question in questions.items() if name not in FIRST),
    )


def _question(facet: Facet, values: Sequence[FacetValue], language: str) -> Question:
    heads = {value.parent for value in values if value.parent} if facet.grouped else set()
    own = [value for value in values if value.value not in heads]
    shown = _shown(values, own, facet)
    return Question(
        facet.name,
        str(facet.label),
        shown,
        tuple(_folded(values, own, heads, set(shown), facet, language)),
    )


def _shown(
    values: Sequence[FacetValue], own: Sequence[FacetValue], facet: Facet
) -> tuple[FacetValue, ...]:
    chosen = [value for value in values if value.selected]
    others = [value for value in own if not value.selected]
    if len(own) <= SHOWN + SPARED:
        return tuple(own) if facet.in_order else tuple(chosen + others)
    return tuple(chosen + others[: max(0, SHOWN - len(chosen))])


def _folded(
    values: Sequence[FacetValue],
    own: Sequence[FacetValue],
    heads: set[str],
    shown: set[FacetValue],
    facet: Facet,
    language: str,
) -> Iterator[Group]:
    rest = [value for value in own if value not in shown]
    if not heads:
        if rest:
            yield Group("", tuple(_by_name(rest, facet)))
        return
    by_slug = {value.value: value for value in values}
    for slug in dict.fromkeys(value.parent for value in values if value.parent):
        members = tuple(value for value in rest if value.parent == slug)
        head = by_slug.get(slug)
        head = None if head in shown else head
        if members or head:
            yield Group(facet.label_of(slug, language), members, head)
    if alone := tuple(value for value in rest if not value.parent):
        yield Group("", alone)


def _by_name(values: Iterable[FacetValue], facet: Facet) -> list[FacetValue]:
    rest = list(values)
    return rest if facet.in_order else sorted(rest, key=lambda value: value.label.casefold())
