"""Titles whose words begin as typed, as one Elasticsearch request."""

from collections.abc import Mapping
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.engines.base import EngineDown, RawHit, Request
from search.engines.elasticsearch_query import SERVER_SECONDS, allowed_query
from search.engines.suggesting import (
    BEGINNING,
    CANDIDATES,
    SLIP,
    WHOLE_WORD,
    title_hit,
    typed_words,
)
from search.folding import fold, slip_pattern
from search.schema import text_field

TITLE = text_field("title")


def build(request: Request) -> Search:
    """Give the request: every word begins one of the title's, in any language, save for slips."""
    query = allowed_query(request, [_word(word) for word in typed_words(request)])
    search = Search().query(query).extra(track_total_hits=False, timeout=SERVER_SECONDS)
    search = search.source(["kind", "pk", "language", "title_*"])
    return search.sort("_score", "-pk")[:CANDIDATES]


def _word(word: str) -> Query:
    begins = Q("match_bool_prefix", **{TITLE: {"query": word, "operator": "and"}})
    whole = Q("match", **{TITLE: {"query": word, "operator": "and"}})
    ways = [_worth(begins, BEGINNING), _worth(whole, WHOLE_WORD)]
    pattern = slip_pattern(fold(word).replace(" ", ""))
    if pattern:
        ways.append(_worth(Q("regexp", **{TITLE: {"value": pattern, "flags": "NONE"}}), SLIP))
    return Q("bool", should=ways, minimum_should_match=1)


def _worth(query: Query, boost: float) -> Query:
    return Q("constant_score", filter=query, boost=boost)


def read_hits(answer: Mapping[str, Any], request: Request) -> tuple[RawHit, ...]:
    """Give the hits; raises `EngineDown` where the engine could not look everywhere."""
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineDown("only a part of the index answered in time")
    return tuple(_hit(hit, request) for hit in answer["hits"]["hits"])


def _hit(hit: Mapping[str, Any], request: Request) -> RawHit:
    source = hit["_source"]
    titles = {
        name.removeprefix("title_"): text
        for name, text in source.items()
        if name.startswith("title_")
    }
    return title_hit(source | {"id": hit["_id"]}, source["pk"], hit["_score"], titles, request)
