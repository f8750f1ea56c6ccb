"""The feed of a search, and what a monitor asks: alive, ready."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from search import health
from search.worker import drain
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_a_search_can_be_followed_as_atom(client: Client) -> None:
    case = make_case("Guichet <unique>", language="fr", summary="Tout & rien", topics=["transit"])
    make_case("Something else", topics=["origin"])
    drain()
    answer = client.get("/es/search/feed/?topic=transit")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.get(LANG) == "fr"
    assert entry.findtext(f"{ATOM}title") == "Guichet <unique>"
    assert entry.findtext(f"{ATOM}summary") == "Tout &amp; rien"
    assert entry.findtext(f"{ATOM}id") == f"tag:testserver,2026:{case.number}"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://testserver/es/europe/malta/{case.slug}/"


def test_the_page_names_the_feed_of_the_same_search(client: Client) -> None:
    html = client.get("/en/search/?q=transit&stage=pilot&page=1").content.decode()
    assert 'type="application/atom+xml" href="/en/search/feed/?q=transit&amp;stage=pilot"' in html


def test_what_changed_last_comes_first_in_a_feed(client: Client) -> None:
    for title in ("Transit transit transit", "Transit once"):
        make_case(title)
    drain()
    feed = ElementTree.fromstring(client.get("/en/search/feed/?q=transit").content)  # noqa: S314
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
        "Transit once",
        "Transit transit transit",
    ]


def test_alive_asks_nothing(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz").content == b"ok"


def test_ready_once_the_index_is_there(client: Client) -> None:
    health.forget()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "database": "ok",
        "migrations": "ok",
        "index": "missing",
    }
    drain()
    assert client.get("/readyz").json()["ready"] is True


def test_an_engine_that_falls_silent_leaves_the_portal_ready(
    client: Client, settings: Settings
) -> None:
    health.forget()
    drain()
    assert client.get("/readyz").json()["index"] == "ok"
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["index"] == "degraded"
