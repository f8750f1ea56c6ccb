"""Titles whose words begin as typed, as a query of the embedded engine."""

from tantivy import DocAddress, Occur, Query, Searcher

from portal.core.languages import LANGUAGE_CODES
from search.engines.base import RawHit, Request
from search.engines.embedded_query import allowed_filters
from search.engines.embedded_schema import schema, shown_of, terms_of
from search.engines.suggesting import (
    BEGINNING,
    CANDIDATES,
    SLIP,
    WHOLE_WORD,
    title_hit,
    typed_words,
)
from search.folding import LEAST_TO_FORGIVE
from search.schema import text_field

TITLE = text_field("title")


def suggest_query(request: Request) -> Query:
    """Give the query: every word begins one of the title's, in any language, save for slips."""
    terms = [term for word in typed_words(request) for term in terms_of(word, "")]
    clauses = [(Occur.Must, _term(term)) for term in terms]
    clauses += [(Occur.Must, _worth(item, 0.0)) for item in allowed_filters(request)]
    return Query.boolean_query(clauses)


def _term(term: str) -> Query:
    ways = [
        _worth(_beginning(term, slips=0), BEGINNING),
        _worth(Query.term_query(schema(), TITLE, term), WHOLE_WORD),
    ]
    if len(term) >= LEAST_TO_FORGIVE:
        ways.append(_worth(_beginning(term, slips=1), SLIP))
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _beginning(term: str, *, slips: int) -> Query:
    return Query.fuzzy_term_query(schema(), TITLE, term, distance=slips, prefix=True)


def _worth(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def suggested(searcher: Searcher, request: Request) -> tuple[RawHit, ...]:
    """Give the hits, the best first, of equals what was made last."""
    found = searcher.search(suggest_query(request), CANDIDATES).hits
    hits = [title_hit_of(searcher, score, address, request) for score, address in found]
    return tuple(sorted(hits, key=lambda hit: (-(hit.score or 0.0), -hit.pk)))


def title_hit_of(searcher: Searcher, score: float, address: DocAddress, request: Request) -> RawHit:
    """Give a hit of the document there that shows its title only."""
    document = searcher.doc(address)
    shown = shown_of(document)
    titles = {
        code: shown[field]
        for code in LANGUAGE_CODES
        if (field := text_field("title", code)) in shown
    }
    place = {
        "id": document["id"][0],
        "kind": document["kind"][0],
        "language": shown["language"],
    }
    return title_hit(place, document["pk"][0], score, titles, request)
