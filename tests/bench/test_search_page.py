"""What a search page adds to the engine's own answer."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from elasticsearch import Elasticsearch

from search.engines.base import Request
from search.engines.elasticsearch_query import build
from search.engines.embedded import SORT_FIELDS
from search.engines.embedded_query import aggregation_of, whole_query
from search.engines.embedded_words import Words
from search.facets import COUNTED, narrowed_by
from search.reading import read_criteria
from search.service import request_of
from tests.bench.conftest import Used
from tests.bench.data import scaled
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal, fetch
from tests.bench.timing import in_turn

pytestmark = pytest.mark.bench
ROUNDS = 6
ASKED: tuple[dict[str, list[str]], ...] = (
    {},
    {"q": ["single window"]},
    {"q": ["transit"]},
    {"q": ["risk management at the port"]},
    {"q": ["guichet unique"]},
    {"q": ["ventanilla única"], "language": ["es"]},
    {"q": ["النافذة الواحدة"]},
    {"q": ["единое окно"]},
    {"q": ["gestão de risco"], "region": ["europe", "americas-caribbean"]},
    {"q": ["scanner images"], "stage": ["operation"]},
    {"region": ["europe"]},
    {"region": ["asia-pacific", "europe"], "topic": ["transit", "digital"]},
    {"topic": ["facilitation"], "year_from": ["2015"], "measured": ["1"]},
    {"q": ["guarantees"], "failures": ["1"], "sort": ["newest"]},
    {"sort": ["updated"], "page": ["2"]},
)


@pytest.fixture
def requests(portal: Portal) -> list[Request]:
    """Give the requests that the pages will make."""
    found = [read_criteria(asked, ui="en").criteria for asked in ASKED]
    return [request_of(criteria, AnonymousUser()) for criteria in found]


def test_search_page_beside_the_bare_engine(
    portal: Portal, used: Used, requests: list[Request], report: Report
) -> None:
    bare = _bare_elasticsearch if used.environment else _bare_embedded
    addresses = [f"/en/search/?{urlencode(asked, doseq=True)}" for asked in ASKED]
    with portal.server(**used.environment) as connection:
        pairs = [
            (lambda address=address: fetch(connection, address), bare(used, request))
            for address, request in zip(addresses, requests, strict=True)
        ]
        in_turn(pairs, rounds=2)
        page, engine = in_turn(pairs, rounds=scaled(ROUNDS, least=2))
    name = f"Search page, {used.name}"
    report.add(
        "search",
        Figure(f"{name}, p50", page.p50, "ms", engine.p50, Limit(15, of="difference")),
        Figure(f"{name}, p95", page.p95, "ms", engine.p95, Limit(40, of="difference")),
    )


def _bare_elasticsearch(used: Used, request: Request) -> Callable[[], object]:
    client = Elasticsearch(used.environment["ELASTICSEARCH_URL"])
    index = f"{used.environment['SEARCH_PREFIX']}-{request.audience.value}"
    body = build(request).to_dict()
    return lambda: client.search(index=index, body=body)


def _bare_embedded(used: Used, request: Request) -> Callable[[], object]:
    searcher = used.engine.index(used.engine.in_use().name, request.audience).searcher()
    criteria = request.criteria
    words = Words(request)
    query, unscored = whole_query(request, words), whole_query(request, words, scored=False)
    order = SORT_FIELDS.get(criteria.effective_sort)
    chosen = narrowed_by(criteria)
    counting = {name: aggregation_of(request, name) for name in COUNTED}
    rest = {name: counting[name] for name in COUNTED if name not in chosen}
    alone = [
        (whole_query(request, words, without=name, scored=False), {name: counting[name]})
        for name in chosen
    ]

    def ask() -> None:
        found = searcher.search(query, criteria.size, offset=criteria.offset, order_by_field=order)
        for _score, address in found.hits:
            searcher.doc(address)
        searcher.aggregate(unscored, rest)
        for without, counted in alone:
            searcher.aggregate(without, counted)

    return ask
