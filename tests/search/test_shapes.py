"""The list of shapes refuses what no request may hold, whatever stands around it."""

from datetime import date
from typing import Any

import pytest

from search.criteria import Audience, Criteria
from search.engines.base import Request
from search.engines.elasticsearch_query import build
from tests.search.shapes import WrongShape, check_request, check_search

WORDS = {"multi_match": {"query": "seals", "type": "cross_fields", "fields": ["title_en^3"]}}
HEAD = {"index": "portal-public", "allow_partial_search_results": False}


def _search(query: Any = None, **parts: Any) -> dict[str, Any]:
    living = {"bool": {"must": [query or WORDS], "filter": [{"term": {"alive": True}}]}}
    return {"query": living, "timeout": "1s"} | parts


@pytest.mark.django_db
def test_what_the_engine_builds_is_known() -> None:
    criteria = Criteria(text="seals (transit) *", filters={"region": ("europe",)}, page=2)
    request = Request(criteria, Audience.PUBLIC, date(2026, 1, 1), denied=("case-1",))
    check_search(build(request).to_dict())
    check_search(_search())


@pytest.mark.parametrize(
    "query",
    [
        {"query_string": {"query": "title:*"}},
        {"simple_query_string": {"query": "a | b"}},
        {"regexp": {"title_en": {"value": ".*"}}},
        {"wildcard": {"title_en": {"value": "*"}}},
        {"prefix": {"title_en": {"value": "s"}}},
        {"script": {"script": "1"}},
        {"script_score": {"query": WORDS, "script": {"source": "1"}}},
        {"match_all": {}},
        {"match": {"_all": "seals"}},
        {"term": {"title_en": "seals"}},
        {"term": {"alive; drop": True}},
        {"range": {"version": {"gte": 1}}},
        {"multi_match": {"query": "a\x00b", "fields": ["title_en"]}},
        {"multi_match": {"query": "x" * 257, "fields": ["title_en"]}},
        {"multi_match": {"query": "seals", "fields": ["*"]}},
        {"multi_match": {"query": "seals", "fields": ["title_en"], "analyzer": "simple"}},
        {"fuzzy": {"title_en": {"value": "seals", "max_expansions": 10_000}}},
        {"dis_max": {"queries": [{"bool": {"should": [{"exists": {"field": "title"}}]}}]}},
    ],
)
def test_unknown_query_is_refused_at_any_depth(query: Any) -> None:
    with pytest.raises(WrongShape):
        check_search(_search(query))


def test_query_for_more_than_the_living_is_refused() -> None:
    with pytest.raises(WrongShape):
        check_search({"query": WORDS, "timeout": "1s"})


@pytest.mark.parametrize(
    "parts",
    [
        {"size": 101},
        {"from": 9_990, "size": 20},
        {"script_fields": {"a": {"script": "1"}}},
        {"runtime_mappings": {}},
        {"sort": [{"_script": {}}]},
        {"aggs": {"all": {"terms": {"field": "title_en", "size": 10}}}},
        {"aggs": {"topic": {"terms": {"field": "topic", "size": 10_000}}}},
        {"post_filter": {"wildcard": {"region": "*"}}},
        {"highlight": {"encoder": "default", "fields": {"title_en": {}}}},
        {"timeout": "1h"},
    ],
)
def test_unknown_part_of_a_search_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(WrongShape):
        check_search(_search(**parts))


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", "/portal-public/_search", _search()),
        ("POST", "/portal-members/_search", _search()),
        ("POST", "/portal-public,portal-members/_search", _search()),
        ("POST", "/portal-public/_delete_by_query", _search()),
        ("POST", "/_msearch", [HEAD | {"index": "portal-members"}, _search()]),
    ],
)
def test_visitor_reaches_the_public_index_alone(method: str, target: str, body: Any) -> None:
    check_request("POST", "/portal-public/_search?x=1", _search(), prefix="portal")
    check_request("POST", "/_msearch", [HEAD, _search()], prefix="portal")
    with pytest.raises(WrongShape):
        check_request(method, target, body, prefix="portal")
