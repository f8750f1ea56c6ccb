"""What somebody looks for, as one Elasticsearch request."""

from collections.abc import Sequence
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from portal.core.languages import LANGUAGE_CODES
from search.criteria import Audience, Criteria, Sort
from search.engines.base import Request
from search.engines.elasticsearch_words import Words
from search.engines.highlighting import CLOSE, OPEN, PASSAGE
from search.facets import (
    COUNTED,
    FACETS,
    MOST_YEARS,
    YEAR,
    archived_before,
    freshness_spans,
    narrowed_by,
)
from search.schema import text_field

REST = "rest"
SERVER_SECONDS = "1s"
SORTS: dict[Sort, list[Any]] = {
    Sort.RELEVANCE: ["_score", {"published": "desc"}, {"pk": "desc"}],
    Sort.NEWEST: [{"published": "desc"}, {"pk": "desc"}],
    Sort.UPDATED: [{"updated": "desc"}, {"pk": "desc"}],
}


def build(request: Request) -> Search:
    """Give the whole request: words, visibility, facets, order, page, marks."""
    criteria = request.criteria
    words = Words(request)
    search = (
        Search().query(_query(request, words)).extra(track_total_hits=True, timeout=SERVER_SECONDS)
    )
    search = search.source(
        ["kind", "pk", "language", "own_topics", "title_*", f"summary_{criteria.ui}"]
    )
    chosen = {name: facet_filter(request, name) for name in narrowed_by(criteria)}
    if chosen:
        # Only what the reader chose: what the reader may see is in the query itself.
        search = search.post_filter(Q("bool", filter=list(chosen.values())))
    if not request.bare:
        _add_counts(search, request, chosen)
    search = search.sort(*SORTS[criteria.effective_sort])
    if criteria.text and not request.bare:
        search = _with_marks(search, words)
    return search[criteria.offset : criteria.offset + criteria.size]


def build_count(request: Request) -> Search:
    """Give the request for the number of results alone."""
    chosen = [facet_filter(request, name) for name in narrowed_by(request.criteria)]
    finding = [Words(request).finding] if request.criteria.text else []
    found = allowed_query(request, finding, _narrowing(request.criteria))
    search = Search().query(Q("bool", filter=[found, *chosen]))
    return search.extra(track_total_hits=True, timeout=SERVER_SECONDS, size=0)


def _query(request: Request, words: Words) -> Query:
    criteria = request.criteria
    must = [_wanted(words, criteria)] if criteria.text else []
    return allowed_query(request, must, _narrowing(criteria))


def allowed_query(request: Request, must: Sequence[Query], filters: Sequence[Query] = ()) -> Query:
    """Give a query with what every one carries: living documents that this reader may see."""
    allowed = [Q("term", alive=True), *_visible(request), *filters]
    hidden = {"id": request.denied, "under": request.closed}
    denied = [Q("terms", **{name: list(ids)}) for name, ids in hidden.items() if ids]
    return Q("bool", must=list(must), filter=allowed, must_not=denied)


def _wanted(words: Words, criteria: Criteria) -> Query:
    return words.scored() if criteria.effective_sort is Sort.RELEVANCE else words.finding


def _visible(request: Request) -> list[Query]:
    if request.audience is Audience.PUBLIC or request.regions is None:
        return []
    open_to_all = Q("terms", visibility=["public", "members"])
    own = Q(
        "bool",
        filter=[Q("term", visibility="region"), Q("terms", region=list(request.regions))],
    )
    return [Q("bool", should=[open_to_all, own], minimum_should_match=1)]


def _narrowing(criteria: Criteria) -> list[Query]:
    return [
        Q("term", **{name: True}) for name in ("measured", "failures") if getattr(criteria, name)
    ]


def facet_filter(request: Request, name: str) -> Query:
    """Give the filter of what was chosen in one facet: any of the values, or a range of years."""
    criteria = request.criteria
    if name == YEAR:
        return Q("range", year=_given(gte=criteria.year_from, lte=criteria.year_to))
    chosen = criteria.chosen(name)
    if name != "freshness":
        return Q("terms", **{name: list(chosen)})
    if criteria.leaves_archive_out:
        # Not a range to be in: what is no case has no such day.
        return Q("bool", must_not=[Q("range", review_day={"lt": archived_before(request.today)})])
    spans = [span for span in freshness_spans(request.today) if span.value in chosen]
    ranges = [Q("range", review_day=_given(gte=span.start, lt=span.end)) for span in spans]
    return Q("bool", should=ranges, minimum_should_match=1)


def _given(**bounds: int | None) -> dict[str, int]:
    return {name: value for name, value in bounds.items() if value is not None}


def _add_counts(search: Search, request: Request, chosen: dict[str, Query]) -> None:
    # One filter for all facets in which nothing is chosen: they count the same documents.
    together = search.aggs.bucket(REST, "filter", Q("bool", filter=list(chosen.values())))
    for name in COUNTED:
        if name not in chosen:
            together.bucket(name, _counting(request, name))
            continue
        others = [query for other, query in chosen.items() if other != name]
        alone = search.aggs.bucket(f"without_{name}", "filter", Q("bool", filter=others))
        alone.bucket(name, _counting(request, name))


def _counting(request: Request, name: str) -> Any:
    if name == YEAR:
        return A("terms", field=name, size=MOST_YEARS)
    if name != "freshness":
        return A("terms", field=name, size=FACETS[name].size)
    ranges = [
        {"key": span.value, **_given(**{"from": span.start, "to": span.end})}
        for span in freshness_spans(request.today)
    ]
    return A("range", field="review_day", ranges=ranges)


def _with_marks(search: Search, words: Words) -> Search:
    search = search.highlight_options(
        encoder="html",
        pre_tags=[OPEN],
        post_tags=[CLOSE],
        require_field_match=False,
        highlight_query=words.marked().to_dict(),
        order="score",
    )
    titles = [text_field("title", code) for code in LANGUAGE_CODES]
    texts = [text_field(part, code) for part in ("summary", "body") for code in LANGUAGE_CODES]
    search = search.highlight(*titles, number_of_fragments=0)
    return search.highlight(*texts, number_of_fragments=2, fragment_size=PASSAGE)
