"""Cases like one, as one Elasticsearch request."""

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from portal.core.languages import LANGUAGE_CODES
from search.engines.base import Request
from search.engines.elasticsearch_query import SERVER_SECONDS, allowed_query
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

FIELDS = [text_field(part, code) for part in SHOWN_PARTS for code in LANGUAGE_CODES]


def build(request: Request, about: About) -> Search:
    """Give the request: others that share a topic or a term, those with the same words first."""
    shared = [_worth("own_topics", topic, TOPIC) for topic in about.topics]
    shared += [_worth(facet, value, TERM) for facet, value in about.terms]
    query = Q(
        "bool",
        must=[allowed_query(request, [Q("bool", should=shared, minimum_should_match=1)])],
        should=[_same_words(about), _worth("stage", about.stage, STAGE), _elsewhere(about)],
        filter=[Q("term", kind=Kind.CASE.value)],
        must_not=[Q("term", id=about.id)],
    )
    search = Search().query(query).extra(track_total_hits=False, timeout=SERVER_SECONDS)
    search = search.source(["kind", "pk", "language", "title_*"])
    return search.sort("_score", "-pk")[: request.criteria.size]


def _same_words(about: About) -> Query:
    return Q(
        "more_like_this",
        fields=FIELDS,
        like=[{"_id": about.id}],
        min_term_freq=1,
        min_doc_freq=LEAST_DOCUMENTS,
        max_query_terms=MOST_TERMS,
        minimum_should_match=1,
    )


def _elsewhere(about: About) -> Query:
    other = Q("bool", must_not=[Q("term", region=about.region)])
    return Q("constant_score", filter=other, boost=ELSEWHERE)


def _worth(field: str, value: str, boost: float) -> Query:
    return Q("constant_score", filter=Q("term", **{field: value}), boost=boost)
