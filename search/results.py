"""What was found, in the one shape that every engine's answer takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import NamedTuple

from django.utils.safestring import SafeString

from portal.core.languages import direction


class Label(NamedTuple):
    """A value of a vocabulary with its name in the reader's language."""

    value: str
    label: str


class Highlight(NamedTuple):
    """A passage that matches, escaped, with only `<mark>` in it, and its language."""

    html: SafeString
    language: str


@dataclass(frozen=True)
class Hit:
    """One case or collection that was found and that the reader may see."""

    id: str
    kind: str
    pk: int
    title: str
    title_marked: SafeString
    url: str
    language: str
    text_language: str
    summary: str = ""
    external_id: str | None = None
    region: Label | None = None
    administration: Label | None = None
    topics: tuple[Label, ...] = ()
    year: int | None = None
    stage: Label | None = None
    level: Label | None = None
    cost: Label | None = None
    highlights: tuple[Highlight, ...] = ()
    score: float | None = None
    updated: datetime | None = None

    @property
    def direction(self) -> str:
        """The writing direction of the title."""
        return direction(self.text_language)


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: how many results choosing it would give."""

    value: str
    label: str
    count: int
    selected: bool = False
    parent: str = ""


@dataclass(frozen=True)
class Results:
    """One page of results with the facets and the years of the whole search."""

    total: int
    page: int
    size: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    engine: str = ""
    degraded: bool = False
    forgiven: bool = False
    did_you_mean: str | None = None

    @property
    def exact_total(self) -> int:
        """How many results have the words that were asked for."""
        return 0 if self.forgiven else self.total

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing was found."""
        return max(1, ceil(self.total / self.size))

    @property
    def page_exists(self) -> bool:
        """Whether the page asked for is one of them."""
        return 1 <= self.page <= self.pages
