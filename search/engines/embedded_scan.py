"""Looking through an embedded index without its texts: some ids, or everything as of one moment."""

from collections.abc import Iterator, Sequence

import tantivy

from search.engines.embedded_schema import schema
from search.engines.generation import Entry

PAGE = 5_000


def scan_index(searcher: tantivy.Searcher, ids: Sequence[str] | None) -> Iterator[Entry]:
    """Give what an index holds of these ids, or everything."""
    if ids is None:
        yield from _scan(searcher, tantivy.Query.all_query())
    elif ids:
        yield from _scan(searcher, tantivy.Query.term_set_query(schema(), "id", list(ids)))


def _scan(searcher: tantivy.Searcher, query: tantivy.Query) -> Iterator[Entry]:
    for offset in range(0, searcher.num_docs, PAGE):
        found = searcher.search(query, PAGE, offset=offset, count=False).hits
        for _score, address in found:
            yield _entry(searcher.doc(address))
        if len(found) < PAGE:
            return


def _entry(document: tantivy.Document) -> Entry:
    return Entry(
        id=document["id"][0],
        version=document["version"][0],
        alive=document["alive"][0],
        digest=_first(document, "digest"),
        category=(
            _first(document, "kind"),
            _first(document, "region"),
            _first(document, "visibility"),
        ),
    )


def _first(document: tantivy.Document, name: str) -> str:
    return str(document.get_first(name) or "")
