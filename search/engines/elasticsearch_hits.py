"""Reading Elasticsearch's answer: whole or not at all."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape

from search.engines.base import EngineDown, RawHit, RawResults, Request, text_language
from search.engines.elasticsearch_query import REST
from search.engines.highlighting import with_marks
from search.facets import COUNTED

MOST_PASSAGES = 2


def read_answer(answer: Mapping[str, Any], request: Request) -> RawResults:
    """Give the results; raises `EngineDown` where the engine could not look everywhere."""
    total = read_total(answer)
    hits = tuple(_hit(hit, request) for hit in answer["hits"]["hits"])
    counts = {}
    if not request.bare:
        counts = {name: _counts(answer["aggregations"], name) for name in COUNTED}
    return RawResults(total, hits, counts)


def read_total(answer: Mapping[str, Any]) -> int:
    """Give the number of results; raises `EngineDown` where the engine could not look everywhere.

    One answer of several may be a fault of its own.
    """
    if "error" in answer or answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineDown("only a part of the index answered in time")
    return int(answer["hits"]["total"]["value"])


def _counts(aggregations: Mapping[str, Any], name: str) -> dict[str, int]:
    place = aggregations.get(f"without_{name}") or aggregations[REST]
    return {str(item["key"]): item["doc_count"] for item in place[name]["buckets"]}


def _hit(hit: Mapping[str, Any], request: Request) -> RawHit:
    source = hit["_source"]
    marks = hit.get("highlight") or {}
    titles = {
        name.removeprefix("title_"): text
        for name, text in source.items()
        if name.startswith("title_")
    }
    shown = text_language(titles, source["language"], request.criteria.ui)
    title = titles.get(shown, "")
    marked = marks.get(f"title_{shown}")
    return RawHit(
        id=hit["_id"],
        kind=source["kind"],
        pk=source["pk"],
        score=hit["_score"],
        topics=tuple(source.get("own_topics") or ()),
        text_language=shown,
        title=title,
        title_marked=with_marks(marked[0]) if marked else escape(title),
        summary=source.get(f"summary_{shown}", ""),
        passages=tuple(_passages(marks, [shown, *titles])),
    )


def _passages(marks: Mapping[str, list[str]], codes: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for code in dict.fromkeys(codes):
        for part in ("summary", "body"):
            found += [(with_marks(text), code) for text in marks.get(f"{part}_{code}", ())]
    return found[:MOST_PASSAGES]
