"""An engine that refuses, hangs or talks nonsense: readers get the listing, writers never wait."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django import Settings

from search.breaker import Breaker, State
from search.engines import get_breaker, get_engine
from search.engines.base import EngineDown
from search.models import IndexChange
from search.similar import similar_cases
from search.status import read_status
from search.worker import drain
from tests.factories.cases import make_case, make_topic
from tests.search.looking import look, titles
from tests.search.servers import answering, hanging, refusing
from tests.support.indices import own_prefix, use_elasticsearch

pytestmark = pytest.mark.django_db

PARTIAL = b"""{"timed_out": true, "_shards": {"failed": 1},
 "hits": {"total": {"value": 0}, "hits": []}, "aggregations": {"rest": {}}}"""
FAULTS: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "refusing": refusing,
    "hanging": hanging,
    "503": partial(answering, 503, b'{"error": "unavailable"}'),
    "not json": partial(answering, 200, b"<html>hello"),
    "a web page": partial(answering, 200, b"<html>hello", "text/html"),
    "another shape": partial(answering, 200, b'{"took": 1, "hits": []}'),
    "a list": partial(answering, 200, b"[1, 2]"),
    "a part only": partial(answering, 200, PARTIAL),
}


@pytest.fixture(params=FAULTS, ids=list(FAULTS))
def faulty(request: pytest.FixtureRequest, settings: Settings) -> object:
    """Points the portal at a server that behaves badly."""
    settings.SEARCH_READ_SECONDS = 0.3
    with FAULTS[request.param]() as url:
        use_elasticsearch(settings, url, "search-dev-faulty")
        yield url


def test_nobody_waits_longer_than_the_promise_allows(settings: Settings) -> None:
    # The listing needs a moment, too, before two seconds are over.
    assert settings.SEARCH_READ_SECONDS <= 1.5


@pytest.mark.usefixtures("faulty")
def test_reader_gets_the_listing() -> None:
    make_case("Found all the same")
    make_case("For members", visibility="members")
    results = look("found")
    assert results.degraded
    assert results.engine == "listing"
    assert titles(results) == ["Found all the same"]
    assert titles(look()) == ["Found all the same"]


@pytest.mark.usefixtures("faulty")
def test_suggestions_are_names_alone(client: Client) -> None:
    make_topic("transit")
    make_case("Transit by sea")
    answer = client.get("/en/search/suggest/?q=tran")
    assert answer.status_code == 200
    assert [group["name"] for group in answer.json()["groups"]] == ["topics"]


@pytest.mark.usefixtures("faulty")
def test_similar_experiences_share_most_topics() -> None:
    case = make_case("One", topics=["transit", "integrity"])
    make_case("Two", topics=["integrity"])
    make_case("Three", topics=["integrity", "transit"])
    make_case("Four", topics=["drones"])
    make_case("Five", topics=["integrity", "transit"], visibility="members")
    found = similar_cases(case, AnonymousUser(), "en")
    assert [item.hit.title for item in found] == ["Three", "Two"]
    assert found[0].reasons == ("Same topics: Transit and Integrity", "Same stage: In operation")


@pytest.mark.usefixtures("faulty")
def test_publishing_does_not_notice_and_nothing_is_lost() -> None:
    case = make_case("Published meanwhile", live=False)
    case.save_revision().publish(skip_permission_checks=True)
    assert IndexChange.objects.filter(object_id=case.pk).count() == 1
    assert look("meanwhile").total == 1


def test_after_three_failures_nobody_asks_a_dead_engine(settings: Settings) -> None:
    with refusing() as url:
        use_elasticsearch(settings, url, "search-dev-faulty")
        assert get_breaker().state == State.CLOSED
        for _turn in range(3):
            look()
        assert get_breaker().state == State.OPEN
        assert not get_breaker().allows()
        status = read_status()
        assert (status.breaker, status.engine) == ("open", "elasticsearch")
        assert status.findings
        assert not get_engine().ping()


def test_reason_of_a_failure_is_not_told_to_readers(settings: Settings) -> None:
    with refusing() as url:
        use_elasticsearch(settings, url, "search-dev-faulty")
        assert "127.0.0.1" not in repr(look())


def test_outbox_drains_by_itself_when_the_engine_is_back(
    settings: Settings, elasticsearch_url: str
) -> None:
    case = make_case("Waiting for the engine", live=False)
    with own_prefix(elasticsearch_url) as prefix:
        with refusing() as url:
            use_elasticsearch(settings, url, prefix)
            case.save_revision().publish(skip_permission_checks=True)
            with pytest.raises(EngineDown):
                drain()
        use_elasticsearch(settings, elasticsearch_url, prefix)
        assert drain() > 0
        results = look("engine")
        assert titles(results) == ["Waiting for the engine"]
        assert not results.degraded


def test_second_node_answers_where_the_first_one_refuses(
    settings: Settings, elasticsearch_url: str
) -> None:
    make_case("Two nodes")
    with own_prefix(elasticsearch_url) as prefix, refusing() as dead:
        use_elasticsearch(settings, elasticsearch_url, prefix)
        drain()
        settings.ELASTICSEARCH_URLS = [dead, elasticsearch_url]
        assert {look("nodes").degraded for _turn in range(4)} == {False}


def test_search_before_any_index_was_made_is_a_listing() -> None:
    make_case("First of all")
    assert get_engine().ping() is False
    results = look("first")
    assert results.degraded
    assert titles(results) == ["First of all"]


def test_open_breaker_lets_one_probe_through_and_closes_on_success() -> None:
    now = 0.0
    breaker = Breaker(2, 5.0, clock=lambda: now)
    assert breaker.allows()
    breaker.failed()
    breaker.failed()
    assert not breaker.allows()
    now = 6.0
    assert breaker.state == State.PROBING
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.state == State.CLOSED
