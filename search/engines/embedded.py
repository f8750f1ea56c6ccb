"""The embedded engine: tantivy in the process, so that one command runs the portal."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import tantivy

from search.criteria import Audience, Sort
from search.engines.base import (
    Document,
    EngineDown,
    ItemResult,
    Outcome,
    RawResults,
    Request,
    Target,
    Write,
    worst,
)
from search.engines.embedded_hits import Shower
from search.engines.embedded_query import aggregation_of, whole_query
from search.engines.embedded_schema import open_index, schema, stored_form
from search.engines.embedded_store import Shelf, only_writer
from search.facets import FACETS

HEAP = 30_000_000
SORT_FIELDS = {Sort.NEWEST: "published", Sort.UPDATED: "updated"}


class EmbeddedEngine:
    """The contract of an engine on tantivy."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shelves = {audience: Shelf(root / audience.value) for audience in Audience}

    def setup(self) -> bool:
        """Make the indices that are missing or have an old form."""
        if self.ping():
            return False
        with only_writer(self.root):
            for shelf in self.shelves.values():
                if not shelf.current():
                    shelf.point_to(shelf.make())
        return True

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into the indices in use, while no other process writes."""
        with only_writer(self.root):
            indices = {audience: shelf.index() for audience, shelf in self.shelves.items()}
            return _write(indices, batch)

    def search(self, request: Request) -> RawResults:
        """Answer one search."""
        try:
            index = self.shelves[request.audience].index()
            return _search(index.searcher(), request)
        except (ValueError, OSError) as fault:
            raise EngineDown("the embedded index cannot be read") from fault

    def ping(self) -> bool:
        """Say whether both indices are there."""
        return all(shelf.current() for shelf in self.shelves.values())

    def counts(self) -> dict[Audience, int]:
        """Give the number of documents that can be found."""
        alive = tantivy.Query.term_query(schema(), "alive", True)
        return {
            audience: _total(shelf.index().searcher().search(alive, 1))
            for audience, shelf in self.shelves.items()
        }

    @contextmanager
    def rebuilding(self) -> Iterator[Target]:
        """Fill new indices and switch to them; other writers wait until that is done."""
        with only_writer(self.root):
            made = {audience: shelf.make() for audience, shelf in self.shelves.items()}
            yield _Fresh(
                {
                    audience: open_index(shelf.path(made[audience]))
                    for audience, shelf in self.shelves.items()
                }
            )
            for audience, shelf in self.shelves.items():
                shelf.point_to(made[audience])
                for old in shelf.others():
                    shutil.rmtree(old, ignore_errors=True)


class _Fresh:
    """The new indices of a rebuild."""

    def __init__(self, indices: dict[Audience, tantivy.Index]) -> None:
        self._indices = indices

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into the new indices."""
        for index in self._indices.values():
            index.reload()
        return _write(self._indices, batch)


def _write(indices: dict[Audience, tantivy.Index], batch: Sequence[Write]) -> list[ItemResult]:
    # At the same time: what a small batch waits for is mostly the disk.
    with ThreadPoolExecutor(len(indices)) as pool:
        told = list(pool.map(partial(_write_one, batch), indices, indices.values()))
    return [worst(outcomes) for outcomes in zip(*told, strict=True)]


def _write_one(
    batch: Sequence[Write], audience: Audience, index: tantivy.Index
) -> list[ItemResult]:
    results = []
    with _writer(index) as writer:
        known = _versions(index, batch)
        for item in batch:
            if item.version < known.get(item.id, 0):
                results.append(ItemResult(Outcome.STALE))
                continue
            results.append(_put(writer, item, item.documents[audience]))
            known[item.id] = item.version
        writer.commit()
    return results


def _put(writer: tantivy.IndexWriter, item: Write, document: Document | None) -> ItemResult:
    whole = {"alive": False} if document is None else dict(document)
    try:
        form = stored_form(whole | {"id": item.id, "version": item.version})
    except (ValueError, TypeError) as fault:
        return ItemResult(Outcome.REFUSED, str(fault))
    writer.delete_documents_by_term("id", item.id)
    writer.add_document(form)
    return ItemResult(Outcome.DONE)


@contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    try:
        writer = index.writer(heap_size=HEAP, num_threads=1)
    except ValueError as fault:
        raise EngineDown("another process is writing the index") from fault
    try:
        yield writer
    finally:
        writer.wait_merging_threads()


def _versions(index: tantivy.Index, batch: Sequence[Write]) -> dict[str, int]:
    searcher = index.searcher()
    ids = list({item.id for item in batch})
    query = tantivy.Query.term_set_query(schema(), "id", ids)
    found = [searcher.doc(address) for _score, address in searcher.search(query, len(ids)).hits]
    return {document["id"][0]: document["version"][0] for document in found}


def _search(searcher: tantivy.Searcher, request: Request) -> RawResults:
    criteria = request.criteria
    query = whole_query(request)
    order = SORT_FIELDS.get(criteria.effective_sort)
    found = searcher.search(query, criteria.size, offset=criteria.offset, order_by_field=order)
    shower = Shower(criteria)
    hits = tuple(
        shower.hit(searcher.doc(address), None if order else score) for score, address in found.hits
    )
    return RawResults(_total(found), hits, _counts(searcher, request))


def _total(found: tantivy.SearchResult) -> int:
    return found.count  # type: ignore[attr-defined]  # left out of the library's own types


def _counts(searcher: tantivy.Searcher, request: Request) -> dict[str, dict[str, int]]:
    chosen = [name for name in FACETS if request.criteria.chosen(name)]
    rest = {name: aggregation_of(request, name) for name in FACETS if name not in chosen}
    answer = searcher.aggregate(whole_query(request, scored=False), rest)
    for name in chosen:
        query = whole_query(request, without=name, scored=False)
        answer |= searcher.aggregate(query, {name: aggregation_of(request, name)})
    return {
        name: {str(item["key"]): item["doc_count"] for item in found["buckets"]}
        for name, found in answer.items()
    }
