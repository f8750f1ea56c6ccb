"""What a suggestion takes while one types, beside the engine's part of it."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from elasticsearch import Elasticsearch

from search.criteria import Criteria
from search.engines.base import Request
from search.engines.elasticsearch_suggest import build
from search.engines.embedded_suggest import suggested
from search.service import request_of
from tests.bench.conftest import Used
from tests.bench.data import scaled
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal, fetch
from tests.bench.timing import in_turn

pytestmark = pytest.mark.bench
ROUNDS = 6
# As it is typed, letter by letter, and as it is mistyped.
TYPED = (
    "tr",
    "tra",
    "transit",
    "si",
    "single w",
    "risk man",
    "guichet u",
    "ventanil",
    "النا",
    "единое",
    "gestao de r",
    "clasification",
    "tranist guarantes",
    "zzzz",
)


def test_suggestions_beside_the_bare_engine(portal: Portal, used: Used, report: Report) -> None:
    requests = [request_of(Criteria(text=text), AnonymousUser()) for text in TYPED]
    bare = _bare_elasticsearch if used.environment else _bare_embedded
    addresses = [f"/en/search/suggest/?{urlencode({'q': text})}" for text in TYPED]
    with portal.server(**used.environment) as connection:
        pairs = [
            (lambda address=address: fetch(connection, address), bare(used, request))
            for address, request in zip(addresses, requests, strict=True)
        ]
        in_turn(pairs, rounds=2)
        whole, engine = in_turn(pairs, rounds=scaled(ROUNDS, least=2))
    name = f"Suggestions as one types, {used.name}"
    report.add(
        "suggest",
        Figure(f"{name}, p50", whole.p50, "ms", engine.p50),
        Figure(f"{name}, p95", whole.p95, "ms", engine.p95, Limit(60)),
    )


def _bare_elasticsearch(used: Used, request: Request) -> Callable[[], object]:
    client = Elasticsearch(used.environment["ELASTICSEARCH_URL"])
    index = f"{used.environment['SEARCH_PREFIX']}-{request.audience.value}"
    body = build(request).to_dict()
    return lambda: client.search(index=index, body=body)


def _bare_embedded(used: Used, request: Request) -> Callable[[], object]:
    searcher = used.engine.index(used.engine.in_use().name, request.audience).searcher()
    return lambda: suggested(searcher, request)
