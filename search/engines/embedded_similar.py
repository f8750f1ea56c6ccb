"""Cases like one, as a query of the embedded engine."""

from typing import Any

from tantivy import Occur, Query, Searcher

from portal.core.languages import LANGUAGE_CODES
from search.analysis import prepare
from search.engines.base import RawHit, Request
from search.engines.embedded_query import allowed_filters
from search.engines.embedded_schema import schema, shown_of
from search.engines.embedded_suggest import title_hit_of
from search.engines.likeness import (
    ELSEWHERE,
    LEAST_DOCUMENTS,
    MOST_TERMS,
    STAGE,
    TERM,
    TOPIC,
    About,
)
from search.facets import Kind
from search.schema import SHOWN_PARTS, text_field


def similar_to(searcher: Searcher, request: Request, about: About) -> tuple[RawHit, ...]:
    """Give others that share a topic or a term, those with the same words first."""
    found = searcher.search(_query(searcher, request, about), request.criteria.size).hits
    hits = [title_hit_of(searcher, score, address, request) for score, address in found]
    return tuple(sorted(hits, key=lambda hit: (-(hit.score or 0.0), -hit.pk)))


def _query(searcher: Searcher, request: Request, about: About) -> Query:
    shared = [_worth(_term("own_topics", topic), TOPIC) for topic in about.topics]
    shared += [_worth(_term(facet, value), TERM) for facet, value in about.terms]
    needed = [*allowed_filters(request), _term("kind", Kind.CASE.value)]
    own = _term("id", about.id)
    elsewhere = Query.boolean_query(
        [(Occur.Must, Query.all_query()), (Occur.MustNot, _term("region", about.region))]
    )
    return Query.boolean_query(
        [
            (Occur.Must, Query.boolean_query([(Occur.Should, query) for query in shared])),
            *((Occur.Must, _worth(query, 0.0)) for query in needed),
            (Occur.MustNot, own),
            *((Occur.Should, query) for query in _same_words(searcher, own)),
            (Occur.Should, _worth(_term("stage", about.stage), STAGE)),
            (Occur.Should, _worth(elsewhere, ELSEWHERE)),
        ]
    )


def _same_words(searcher: Searcher, own: Query) -> list[Query]:
    return [
        Query.more_like_this_document_fields_query(
            schema(),
            texts,
            min_doc_frequency=LEAST_DOCUMENTS,
            min_term_frequency=1,
            max_query_terms=MOST_TERMS,
        )
        for _score, address in searcher.search(own, 1).hits
        # What was withdrawn, or not published yet, has a document without a word.
        if (texts := _texts(shown_of(searcher.doc(address))))
    ]


def _texts(shown: dict[str, Any]) -> dict[str, list[str]]:
    return {
        field: [prepare(shown[field], code)]
        for part in SHOWN_PARTS
        for code in LANGUAGE_CODES
        if (field := text_field(part, code)) in shown
    }


def _term(field: str, value: str) -> Query:
    return Query.term_query(schema(), field, value)


def _worth(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)
