"""The shapes that a request to Elasticsearch may have: everything that is not named is refused.

A reader's words are only ever values of the queries below, never their names, fields or options.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from search.criteria import CHARACTER_LIMIT, MAX_PAGE_SIZE, WINDOW
from search.engines.elasticsearch_query import SORTS
from search.schema import FIELDS, Type

TEXTS = {field.name for field in FIELDS if field.type is Type.TEXT}
VALUES = {field.name for field in FIELDS} - TEXTS
RANGES = {"year", "review_day"}
BOUNDS = {"gte", "gt", "lte", "lt"}
# Numbers and choices of a query for words, whatever it is called.
OPTIONS: dict[str, Callable[[Any], bool]] = {
    "boost": lambda value: 0 <= value <= 1000,
    "tie_breaker": lambda value: 0 <= value <= 1,
    "operator": lambda value: value in {"and", "or"},
    "minimum_should_match": lambda value: isinstance(value, int) or value.endswith("%"),
    "type": lambda value: value in {"cross_fields", "best_fields", "phrase", "bool_prefix"},
    "slop": lambda value: 0 <= value <= 50,
    "fuzziness": lambda value: value in {0, 1, 2, "AUTO"},
    "prefix_length": lambda value: 0 <= value <= 5,
    "max_expansions": lambda value: 0 < value <= 50,
}
CONTROLS = {"Cc", "Cs", "Co", "Cn"}
MOST_QUERIES = 1500
MOST_VALUES = 1000
MOST_BUCKETS = 400


class WrongShape(AssertionError):
    """A part of a request that none of the shapes allows."""


def hold(said: bool, what: str, found: object) -> None:
    """Raise `WrongShape` where something does not hold."""
    if not said:
        raise WrongShape(f"{what}: {str(found)[:300]}")


def _keys(found: Any, allowed: Iterable[str], what: str, needed: Iterable[str] = ()) -> None:
    hold(isinstance(found, Mapping), f"{what} is no object", found)
    hold(found.keys() <= set(allowed), f"{what} with unknown parts", found)
    hold(set(needed) <= found.keys(), f"{what} without a part", found)


def _text(value: Any) -> None:
    hold(isinstance(value, str) and len(value) <= CHARACTER_LIMIT, "a text", value)
    hold(not any(unicodedata.category(char) in CONTROLS for char in value), "a control", value)


class Queries:
    """Reads one query and all inside it, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, query: Any) -> None:
        """Take any of the known queries."""
        self.count += 1
        hold(isinstance(query, Mapping) and len(query) == 1, "one query", query)
        ((name, inside),) = query.items()
        hold(name in _KNOWN, "an unknown query", query)
        _KNOWN[name](self, inside)

    def read_all(self, queries: Any) -> None:
        """Take a list of queries, or one alone."""
        for query in queries if isinstance(queries, list) else [queries]:
            self.read(query)

    def _bool(self, inside: Any) -> None:
        clauses = ("must", "should", "filter", "must_not")
        _keys(inside, (*clauses, "minimum_should_match", "boost"), "bool")
        for clause in clauses:
            self.read_all(inside.get(clause, []))
        _options(inside, clauses)

    def _dis_max(self, inside: Any) -> None:
        _keys(inside, ("queries", "tie_breaker", "boost"), "dis_max", ["queries"])
        self.read_all(inside["queries"])
        _options(inside, ["queries"])

    def _constant_score(self, inside: Any) -> None:
        _keys(inside, ("filter", "boost"), "constant_score", ["filter"])
        self.read(inside["filter"])
        _options(inside, ["filter"])

    def _multi_match(self, inside: Any) -> None:
        _keys(inside, ("query", "fields", *OPTIONS), "multi_match", ["query", "fields"])
        _text(inside["query"])
        for field in inside["fields"]:
            hold(field.partition("^")[0] in TEXTS, "a field of a text", field)
        _options(inside, ["query", "fields"])

    def _match(self, inside: Any) -> None:
        how = _of_one_field(inside, TEXTS, "query")
        _text(how["query"])
        _options(how, ["query"])

    def _fuzzy(self, inside: Any) -> None:
        how = _of_one_field(inside, TEXTS, "value")
        _text(how["value"])
        _options(how, ["value"])

    def _term(self, inside: Any) -> None:
        how = _of_one_field(inside, VALUES, "value")
        hold(isinstance(how["value"], (bool, int, str)), "a value", how)
        _options(how, ["value"])

    def _terms(self, inside: Any) -> None:
        _keys(inside, VALUES | {"boost"}, "terms")
        for field, values in inside.items():
            if field != "boost":
                known = isinstance(values, list) and len(values) <= MOST_VALUES
                hold(
                    known and all(isinstance(each, (int, str)) for each in values), "terms", inside
                )

    def _range(self, inside: Any) -> None:
        _keys(inside, RANGES, "range")
        for bounds in inside.values():
            _keys(bounds, BOUNDS, "bounds")
            hold(all(isinstance(bound, int) for bound in bounds.values()), "bounds", inside)

    def _nothing(self, inside: Any) -> None:
        _keys(inside, (), "a query of its own")


_KNOWN: dict[str, Callable[[Queries, Any], None]] = {
    "bool": Queries._bool,
    "dis_max": Queries._dis_max,
    "constant_score": Queries._constant_score,
    "multi_match": Queries._multi_match,
    "match": Queries._match,
    "match_phrase": Queries._match,
    "match_bool_prefix": Queries._match,
    "fuzzy": Queries._fuzzy,
    "term": Queries._term,
    "terms": Queries._terms,
    "range": Queries._range,
    "match_none": Queries._nothing,
}


def _options(found: Mapping[str, Any], own: Iterable[str]) -> None:
    for name in found.keys() - set(own):
        hold(name in OPTIONS and OPTIONS[name](found[name]), f"the option {name}", found)


def _of_one_field(inside: Any, fields: set[str], value: str) -> Mapping[str, Any]:
    _keys(inside, fields, "a query of one field")
    hold(len(inside) == 1, "one field", inside)
    how = next(iter(inside.values()))
    return how if isinstance(how, Mapping) and value in how else {value: how}


def check_query(query: Any) -> None:
    """Take a whole query: known ones only, not too many, of living documents alone."""
    queries = Queries()
    queries.read(query)
    hold(queries.count <= MOST_QUERIES, f"{queries.count} queries", query)
    hold(_asks_for_the_living(query), "a query that finds withdrawn documents", query)


def _asks_for_the_living(query: Any) -> bool:
    if query == {"term": {"alive": True}}:
        return True
    inside = query.get("bool", {})
    found = [inside.get(clause, []) for clause in ("filter", "must")]
    clauses = [each for part in found for each in (part if isinstance(part, list) else [part])]
    return any(_asks_for_the_living(each) for each in clauses)


def _check_counts(found: Any) -> None:
    for one in found.values():
        inner = one.get("aggs", {})
        if "filter" in one:
            _keys(one, ("filter", "aggs"), "a count")
            if one["filter"] != {"bool": {}} and one["filter"] != {"bool": {"filter": []}}:
                Queries().read(one["filter"])
        elif "terms" in one:
            _keys(one["terms"], ("field", "size"), "a count", ("field", "size"))
            hold(one["terms"]["field"] in VALUES, "a counted field", one)
            hold(one["terms"]["size"] <= MOST_BUCKETS, "so many values", one)
        else:
            _keys(one, ("range",), "a count", ("range",))
            _keys(one["range"], ("field", "ranges"), "ranges")
            hold(one["range"]["field"] in RANGES, "a counted field", one)
        _check_counts(inner)


def _check_marks(marks: Any) -> None:
    how = ("encoder", "pre_tags", "post_tags", "require_field_match", "order", "highlight_query")
    _keys(marks, ("fields", *how), "marks", ("fields", "encoder"))
    hold(marks["encoder"] == "html", "marks in what is not escaped", marks)
    _keys(marks["fields"], TEXTS, "marked fields")
    if "highlight_query" in marks:
        Queries().read(marks["highlight_query"])


def check_search(body: Any) -> None:
    """Take the body of a search; raises `WrongShape`."""
    _keys(body, (*_PARTS, "query"), "a search", ["query", "timeout"])
    check_query(body["query"])
    first, size = body.get("from", 0), body.get("size", 10)
    hold(0 <= size <= MAX_PAGE_SIZE and 0 <= first <= WINDOW - size, "a page", body)
    for part in body.keys() - {"query", "from", "size"}:
        _PARTS[part](body[part])


_PARTS: dict[str, Callable[[Any], None]] = {
    "post_filter": lambda query: Queries().read(query),
    "aggs": _check_counts,
    "highlight": _check_marks,
    "sort": lambda sort: hold(sort in list(SORTS.values()), "an order", sort),
    "_source": lambda names: hold(
        {name.removesuffix("_*") for name in names} <= TEXTS | VALUES, "fields", names
    ),
    "timeout": lambda value: hold(value == "1s", "a limit", value),
    "track_total_hits": lambda value: hold(isinstance(value, bool), "a total", value),
    "from": lambda value: None,
    "size": lambda value: None,
}


def check_request(method: str, target: str, body: Any, *, prefix: str) -> None:
    """Take a whole request of a visitor: a search of the public index, or counts of several.

    Raises `WrongShape`.
    """
    path = target.partition("?")[0]
    reading = f"{prefix}-public"
    hold(method == "POST" and path in {f"/{reading}/_search", "/_msearch"}, "a request", target)
    if path != "/_msearch":
        check_search(body)
        return
    for head, search in zip(body[::2], body[1::2], strict=True):
        hold(head == {"index": reading, "allow_partial_search_results": False}, "a head", head)
        check_search(search)
