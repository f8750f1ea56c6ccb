"""Writing into embedded indices: versioned, all places at the same time, one commit a batch."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import tantivy

from search.criteria import Audience
from search.engines.base import Document, EngineDown, ItemResult, Outcome, Write, worst
from search.engines.embedded_schema import schema, stored_form
from search.engines.generation import Entry

HEAP = 30_000_000
Place = tuple[Audience, tantivy.Index]


def write_batch(places: Sequence[Place], batch: Sequence[Write]) -> list[ItemResult]:
    """Write every item into every place; gives one outcome an item, in order."""
    # At the same time: what a small batch waits for is mostly the disk.
    with ThreadPoolExecutor(len(places)) as pool:
        told = list(pool.map(partial(_write_one, batch), places))
    return [worst(outcomes) for outcomes in zip(*told, strict=True)]


def _write_one(batch: Sequence[Write], place: Place) -> list[ItemResult]:
    audience, index = place
    results = []
    with _writer(index) as writer:
        known = _versions(index, (item.id for item in batch))
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


def delete_batch(index: tantivy.Index, entries: Sequence[Entry]) -> None:
    """Remove documents, where nothing newer stands by now."""
    with _writer(index) as writer:
        known = _versions(index, [entry.id for entry in entries])
        for entry in entries:
            if known.get(entry.id, 0) <= entry.version:
                writer.delete_documents_by_term("id", entry.id)
        writer.commit()


def _versions(index: tantivy.Index, names: Iterable[str]) -> dict[str, int]:
    searcher = index.searcher()
    ids = list(set(names))
    query = tantivy.Query.term_set_query(schema(), "id", ids)
    found = [searcher.doc(address) for _score, address in searcher.search(query, len(ids)).hits]
    return {document["id"][0]: document["version"][0] for document in found}
