"""The contract of every engine: what goes in, what comes out, what it may raise."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from search.criteria import Audience, Criteria
from search.engines.generation import Entry, Generation
from search.engines.likeness import About
from search.engines.weights import WEIGHTS, Weights

Document = Mapping[str, Any]


class EngineDown(Exception):
    """The engine refused, hung, or answered with something that cannot be trusted."""


class Outcome(StrEnum):
    """What became of one item of a batch."""

    DONE = "done"
    STALE = "stale"
    RETRY = "retry"
    REFUSED = "refused"


class ItemResult(NamedTuple):
    """The outcome of one write, and the engine's reason where it was not taken."""

    outcome: Outcome
    reason: str = ""


# The outcome of an item is the worst of its outcomes in all indices.
_WEIGHT = {Outcome.STALE: 0, Outcome.DONE: 1, Outcome.RETRY: 2, Outcome.REFUSED: 3}


def worst(results: Iterable[ItemResult]) -> ItemResult:
    """Give the outcome of an item that was written into several indices."""
    return max(results, key=lambda result: _WEIGHT[result.outcome])


@dataclass(frozen=True)
class Write:
    """What each audience's index shall hold of one object; None stands for a tombstone."""

    id: str
    version: int
    documents: Mapping[Audience, Document | None]


@dataclass(frozen=True)
class Request:
    """A search with what its reader may see: audience, regions (None means all), denied ids.

    Nothing that stands under one of the closed pages is seen, whatever the index holds of it.
    A forgiving one finds words that are nearly those asked for, and not those themselves.

    `weights` are others than the usual ones only where they are compared. Whoever reads on through
    everything that was found asks `bare`: for hits without marks, and for no counts.
    """

    criteria: Criteria
    audience: Audience
    today: date
    regions: tuple[str, ...] | None = ()
    denied: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    forgiving: bool = False
    weights: Weights = WEIGHTS
    bare: bool = False


@dataclass(frozen=True)
class RawHit:
    """One hit as the engine gives it; marked texts are escaped HTML with `<mark>` only."""

    id: str
    kind: str
    pk: int
    score: float | None
    topics: tuple[str, ...]
    text_language: str
    title: str
    title_marked: str
    summary: str
    passages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RawResults:
    """The engine's answer: total, hits in order, counts by facet (and the year) and value."""

    total: int
    hits: tuple[RawHit, ...]
    counts: Mapping[str, Mapping[str, int]]
    forgiven: bool = False


def text_language(languages: Collection[str], original: str, ui: str) -> str:
    """Give the language a hit is shown in: the reader's where there is a text, else its own."""
    return ui if ui in languages else original


class Target(Protocol):
    """Something that takes batches: an engine, or a new generation alone."""

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch, older versions never over newer; gives one outcome an item, in order.

        Raises `EngineDown` when nothing of the batch can be known to have arrived.
        """
        ...


class Readable(Protocol):
    """Something that can be searched and looked through: an engine, or a new generation alone."""

    def search(self, request: Request) -> RawResults:
        """Answer one search in one request; raises `EngineDown`."""
        ...

    def scan(self, audience: Audience, ids: Sequence[str] | None = None) -> Iterator[Entry]:
        """Give what an audience's index holds, tombstones too: of these ids, or everything.

        The order is the engine's own. Raises `EngineDown`.
        """
        ...


class Draft(Target, Readable, Protocol):
    """A new generation that nobody reads yet; what is written through the engine is in it too."""

    name: str

    def settle(self) -> None:
        """Make all that was written findable; raises `EngineDown`."""
        ...


class Engine(Target, Readable, Protocol):
    """A search engine behind the portal; all but `ping` raise `EngineDown`."""

    name: str
    form: str

    def suggest(self, request: Request) -> tuple[RawHit, ...]:
        """Give titles with words that begin like the request's, in one request.

        Forgives one slip in a longer word, never before what is right.
        """
        ...

    def similar(self, request: Request, about: About) -> tuple[RawHit, ...]:
        """Give other cases that share a topic or a telling term, the likest first."""
        ...

    def ping(self) -> bool:
        """Say whether the engine answers and has a generation in use."""
        ...

    def in_use(self) -> Generation | None:
        """Give the generation that searches read; None where there is none that they can read."""
        ...

    def totals(self, requests: Sequence[Request]) -> list[int]:
        """Give how many results each of these searches has, all in one request."""
        ...

    def counts(self) -> dict[Audience, int]:
        """Give the number of documents that can be found, by audience."""
        ...

    def generations(self) -> list[Generation]:
        """Give every generation there is, half-built ones too."""
        ...

    def begin(self) -> Draft:
        """Make an empty generation, which every writer keeps in step from its first moment.

        What an interrupted rebuild left behind goes first.
        """
        ...

    def use(self, name: str) -> None:
        """Let all readers have a generation, in one step; the one they had becomes the previous.

        What was the previous one before is removed.
        """
        ...

    def drop(self, name: str) -> None:
        """Remove a generation that is not in use."""
        ...

    def purge(self, audience: Audience, entries: Sequence[Entry]) -> None:
        """Forget documents of an audience, unless something newer stands in their place."""
        ...
