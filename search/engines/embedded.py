"""The embedded engine: tantivy in the process, so that one command runs the portal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import tantivy

from search.criteria import Audience, Sort
from search.engines.base import Draft, EngineDown, ItemResult, RawHit, RawResults, Request, Write
from search.engines.embedded_hits import Shower
from search.engines.embedded_query import aggregation_of, whole_query
from search.engines.embedded_scan import scan_index
from search.engines.embedded_schema import fingerprint, schema
from search.engines.embedded_similar import similar_to
from search.engines.embedded_store import Store, only_writer
from search.engines.embedded_suggest import suggested
from search.engines.embedded_words import Words
from search.engines.embedded_write import delete_batch, write_batch
from search.engines.generation import Entry, Generation, Role
from search.engines.likeness import About
from search.facets import COUNTED, narrowed_by

SORT_FIELDS = {Sort.NEWEST: "published", Sort.UPDATED: "updated"}


@contextmanager
def faults() -> Iterator[None]:
    """Turn whatever reading a broken or vanished index may raise into `EngineDown`."""
    try:
        yield
    except (ValueError, OSError) as fault:
        raise EngineDown("the embedded index cannot be read") from fault


class EmbeddedEngine:
    """The contract of an engine on tantivy."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self.form = fingerprint()
        self.root = root
        self._store = Store(root)

    def ping(self) -> bool:
        """Say whether there are indices that this release can read."""
        try:
            for audience in Audience:
                self._index(audience)
        except EngineDown:
            return False
        return True

    def in_use(self) -> Generation | None:
        """Give the generation that searches read; none where this release cannot read it."""
        return Generation(self._store.current(), Role.CURRENT) if self.ping() else None

    def _index(self, audience: Audience) -> tantivy.Index:
        return self._store.index(self._store.current(), audience)

    def counts(self) -> dict[Audience, int]:
        """Give the number of documents that can be found."""
        alive = tantivy.Query.term_query(schema(), "alive", True)
        return {
            audience: _total(self._index(audience).searcher().search(alive, 1))
            for audience in Audience
        }

    def search(self, request: Request) -> RawResults:
        """Answer one search."""
        with faults():
            return search_index(self._index(request.audience).searcher(), request)

    def suggest(self, request: Request) -> tuple[RawHit, ...]:
        """Give titles with words that begin like the request's."""
        with faults():
            return suggested(self._index(request.audience).searcher(), request)

    def similar(self, request: Request, about: About) -> tuple[RawHit, ...]:
        """Give other cases like one."""
        with faults():
            return similar_to(self._index(request.audience).searcher(), request, about)

    def totals(self, requests: Sequence[Request]) -> list[int]:
        """Count the results of several searches."""
        with faults():
            return [count_index(self._index(each.audience).searcher(), each) for each in requests]

    def scan(self, audience: Audience, ids: Sequence[str] | None = None) -> Iterator[Entry]:
        """Give what the index in use holds."""
        with faults():
            yield from scan_index(self._index(audience).searcher(), ids)

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into every generation that has a role, while no other process writes."""
        with only_writer(self.root):
            names = self._store.kept_in_step()
            if not names:
                raise EngineDown("no index has been made yet")
            return self._write_into(names, batch)

    def _write_into(self, names: Sequence[str], batch: Sequence[Write]) -> list[ItemResult]:
        places = [(audience, self.index(name, audience)) for name in names for audience in Audience]
        return write_batch(places, batch)

    def write_draft(self, name: str, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into one generation alone; other writers take turns with it."""
        with only_writer(self.root):
            return self._write_into([name], batch)

    def purge(self, audience: Audience, entries: Sequence[Entry]) -> None:
        """Forget documents in every generation that has a role."""
        with only_writer(self.root):
            for name in self._store.kept_in_step():
                delete_batch(self.index(name, audience), entries)

    def index(self, name: str, audience: Audience) -> tantivy.Index:
        """Give an index of a generation."""
        return self._store.index(name, audience)

    def generations(self) -> list[Generation]:
        """Give every generation there is."""
        return self._store.all()

    def begin(self) -> Draft:
        """Make an empty generation, after what an interrupted rebuild left is removed."""
        with only_writer(self.root):
            return _Draft(self, self._store.make())

    def use(self, name: str) -> None:
        """Let all readers have a generation, in one step."""
        with only_writer(self.root):
            self._store.use(name)

    def drop(self, name: str) -> None:
        """Remove a generation that is not in use."""
        with only_writer(self.root):
            self._store.drop(name)


class _Draft:
    """A generation of embedded indices that nobody reads yet."""

    def __init__(self, engine: EmbeddedEngine, name: str) -> None:
        self.name = name
        self._engine = engine

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into this generation only."""
        return self._engine.write_draft(self.name, batch)

    def settle(self) -> None:
        """Do nothing: what is written can be found."""

    def search(self, request: Request) -> RawResults:
        """Answer one search from this generation."""
        with faults():
            return search_index(self._engine.index(self.name, request.audience).searcher(), request)

    def scan(self, audience: Audience, ids: Sequence[str] | None = None) -> Iterator[Entry]:
        """Give what this generation holds."""
        with faults():
            yield from scan_index(self._engine.index(self.name, audience).searcher(), ids)


def search_index(searcher: tantivy.Searcher, request: Request) -> RawResults:
    """Answer one search from an index as it stands."""
    criteria = request.criteria
    order = SORT_FIELDS.get(criteria.effective_sort)
    words = Words(request)
    query = whole_query(request, words, scored=not order)
    found = searcher.search(query, criteria.size, offset=criteria.offset, order_by_field=order)
    shown = replace(criteria, text="") if request.bare else criteria
    shower = Shower(shown, forgiving=request.forgiving)
    hits = tuple(
        shower.hit(searcher.doc(address), None if order else score) for score, address in found.hits
    )
    counts = {} if request.bare else _counts(searcher, request, words)
    return RawResults(_total(found), hits, counts)


def count_index(searcher: tantivy.Searcher, request: Request) -> int:
    """Count the results of a search in an index as it stands."""
    return _total(searcher.search(whole_query(request, Words(request), scored=False), 1))


def _total(found: tantivy.SearchResult) -> int:
    return found.count  # type: ignore[attr-defined]  # left out of the library's own types


def _counts(
    searcher: tantivy.Searcher, request: Request, words: Words
) -> dict[str, dict[str, int]]:
    chosen = narrowed_by(request.criteria)
    rest = {name: aggregation_of(request, name) for name in COUNTED if name not in chosen}
    answer = searcher.aggregate(whole_query(request, words, scored=False), rest)
    for name in chosen:
        query = whole_query(request, words, without=name, scored=False)
        answer |= searcher.aggregate(query, {name: aggregation_of(request, name)})
    return {
        name: {str(item["key"]): item["doc_count"] for item in found["buckets"]}
        for name, found in answer.items()
    }
