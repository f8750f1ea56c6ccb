"""The cost of a search page: SQL statements and engine requests, whatever the number of rows."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search import vocabularies
from search.engines import get_engine
from search.engines.base import RawResults, Request
from search.worker import drain
from tests.factories.cases import make_case, make_collection

pytestmark = pytest.mark.django_db
BUDGET = 8


@pytest.mark.parametrize("cases", [5, 60])
@pytest.mark.parametrize(
    "query", ["", "?q=transit", "?q=transit&region=europe&topic=transit&measured=1", "?page=1"]
)
def test_an_anonymous_page_takes_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, cases: int, query: str
) -> None:
    for number in range(cases):
        make_case(f"Transit number {number}", topics=["transit", "single-window"])
    make_collection("Transit collected")
    drain()
    client.get("/en/search/")
    vocabularies.forget()
    with django_assert_max_num_queries(BUDGET):
        assert client.get(f"/en/search/{query}").status_code == 200


def test_a_page_is_one_request_to_the_engine(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case("Transit")
    drain()
    asked: list[Request] = []
    search = get_engine().search

    def counting(request: Request) -> RawResults:
        asked.append(request)
        return search(request)

    monkeypatch.setattr(get_engine(), "search", counting)
    client.get("/en/search/?q=transit&region=europe&stage=pilot&stage=operation")
    assert len(asked) == 1
