"""What somebody looks for, as queries and aggregations of the embedded engine."""

from collections.abc import Iterable, Sequence
from typing import Any

from tantivy import FieldType, Occur, Query

from search.criteria import Audience, Criteria
from search.engines.base import Request
from search.engines.embedded_schema import schema
from search.engines.embedded_words import Words, joined
from search.facets import FACETS, MOST_YEARS, YEAR, archived_before, freshness_spans, narrowed_by


def _any(queries: Iterable[Query]) -> Query:
    return joined(queries, Occur.Should)


def _terms(field: str, values: Sequence[Any]) -> Query:
    return Query.term_set_query(schema(), field, list(values))


def _not(query: Query) -> Query:
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])


def allowed_filters(request: Request) -> list[Query]:
    """Give what every query carries: documents that live and that this reader may see."""
    filters = [Query.term_query(schema(), "alive", True)]
    hidden = {"id": request.denied, "under": request.closed}
    filters += [_not(_terms(name, ids)) for name, ids in hidden.items() if ids]
    if request.audience is Audience.MEMBERS and request.regions is not None:
        visible = [_terms("visibility", ["public", "members"])]
        if request.regions:
            own = [(Occur.Must, _terms("visibility", ["region"]))]
            own.append((Occur.Must, _terms("region", request.regions)))
            visible.append(Query.boolean_query(own))
        filters.append(_any(visible))
    return filters


def narrowing_filters(criteria: Criteria) -> list[Query]:
    """Give the filters that no facet counts without."""
    flags = (flag for flag in ("measured", "failures") if getattr(criteria, flag))
    return [Query.term_query(schema(), flag, True) for flag in flags]


def _range(field: str, low: int | None, high: int | None, *, whole: bool = True) -> Query:
    # A side without a bound is refused unless it is included.
    upper = whole or high is None
    return Query.range_query(
        schema(), field, FieldType.Integer, low, high, include_lower=True, include_upper=upper
    )


def facet_filter(request: Request, name: str) -> Query:
    """Give the filter of what was chosen in one facet: any of the values, or a range of years."""
    criteria = request.criteria
    if name == YEAR:
        return _range(YEAR, criteria.year_from, criteria.year_to)
    chosen = criteria.chosen(name)
    if name != "freshness":
        return _terms(name, chosen)
    if criteria.leaves_archive_out:
        archived = _range("review_day", None, archived_before(request.today), whole=False)
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, archived)])
    return _any(
        _range("review_day", span.start, span.end, whole=False)
        for span in freshness_spans(request.today)
        if span.value in chosen
    )


def whole_query(request: Request, words: Words, *, without: str = "", scored: bool = True) -> Query:
    """Give the query with every filter, except the one facet that is being counted.

    `words` are those of the request: whoever asks several queries makes them once.
    """
    filters = allowed_filters(request) + narrowing_filters(request.criteria)
    filters += [
        facet_filter(request, name) for name in narrowed_by(request.criteria) if name != without
    ]
    clauses = [(Occur.Must, Query.const_score_query(item, 0.0)) for item in filters]
    if request.criteria.text:
        found = words.scored() if scored else Query.const_score_query(words.finding, 0.0)
        clauses.append((Occur.Must, found))
    return Query.boolean_query(clauses)


def aggregation_of(request: Request, name: str) -> dict[str, Any]:
    """Give the aggregation that counts the values of a facet, or the years."""
    if name == YEAR:
        return {"terms": {"field": name, "size": MOST_YEARS}}
    if name != "freshness":
        return {"terms": {"field": name, "size": FACETS[name].size}}
    ranges = []
    for span in freshness_spans(request.today):
        bounds = {"from": span.start, "to": span.end}
        ranges.append({"key": span.value} | {k: v for k, v in bounds.items() if v is not None})
    return {"range": {"field": "review_day", "ranges": ranges}}
