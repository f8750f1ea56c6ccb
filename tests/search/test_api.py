"""The search of the read API: its answer, its refusals, its limits, its documentation."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from search.api import throttle
from search.worker import drain
from tests.factories.cases import make_case, make_collection, make_term, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_answers_in_the_promised_shape(client: Client) -> None:
    case = make_case(
        "A single window",
        external_id="mt-1",
        summary="One single window for all.",
        topics=["single-window"],
        year=2021,
        level="validated",
    )
    drain()
    answer = client.get("/api/v1/search?q=single+window").json()
    assert {key: answer[key] for key in ("total", "page", "size", "degraded")} == {
        "total": 1,
        "page": 1,
        "size": 20,
        "degraded": False,
    }
    assert answer["engine"] == "embedded"
    (found,) = answer["results"]
    assert found.pop("score") > 0
    assert any("<mark>single</mark>" in text for text in found.pop("highlights"))
    assert found.pop("updated").startswith("20")
    assert found == {
        "id": case.number,
        "external_id": "mt-1",
        "kind": "case",
        "title": "A single window",
        "summary": "One single window for all.",
        "url": f"http://testserver/en/europe/malta/{case.slug}/",
        "language": "en",
        "region": "europe",
        "administration": "malta",
        "topics": ["single-window"],
        "year": 2021,
        "stage": "operation",
        "level": "validated",
    }
    assert answer["facets"]["region"] == [
        {"value": "europe", "label": "Europe", "count": 1, "selected": False}
    ]


def test_a_collection_has_the_same_shape(client: Client) -> None:
    page = make_collection("Windows worth opening")
    drain()
    (found,) = client.get("/api/v1/search?kind=collection").json()["results"]
    assert found["id"] == f"collection-{page.pk}"
    assert found["administration"] is None
    assert client.get(f"/api/v1/collections/{found['id']}").json()["title"] == page.title


def test_labels_and_addresses_follow_ui(client: Client) -> None:
    make_topic("transit", name="Transit", name_fr="Transit douanier")
    make_case("Under seal", topics=["transit"])
    drain()
    answer = client.get("/api/v1/search?ui=fr", headers={"accept-language": "ar"}).json()
    assert answer["facets"]["topic"][0]["label"] == "Transit douanier"
    assert "/fr/europe/" in answer["results"][0]["url"]


def test_every_facet_counts_what_it_would_find(client: Client) -> None:
    drones = make_term("technology", "drones")
    make_case("One", terms=[drones], stage="pilot", cost="lt-50k")
    make_case("Two", terms=[drones], stage="operation", cost="lt-50k")
    make_case("Three", stage="operation", topics=["transit"])
    drain()
    facets = client.get("/api/v1/search").json()["facets"]
    for name, values in facets.items():
        for value in values:
            narrowed = client.get("/api/v1/search", {name: value["value"]}).json()
            assert narrowed["total"] == value["count"], (name, value)


def test_pages_and_sizes(client: Client) -> None:
    for number in range(7):
        make_case(f"Case {number}")
    drain()
    first = client.get("/api/v1/search?size=3").json()
    last = client.get("/api/v1/search?size=3&page=3").json()
    assert [len(first["results"]), len(last["results"])] == [3, 1]
    assert client.get("/api/v1/search?size=3&page=4").json()["results"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1000000000", "page"),
        ("page=abc", "page"),
        ("size=0", "size"),
        ("size=101", "size"),
        ("year_from=soon", "year_from"),
        ("year_to=1", "year_to"),
        ("measured=perhaps", "measured"),
        ("sort=beautiful", "sort"),
        ("ui=de", "ui"),
        ("region=atlantis", "region"),
        ("topic=%00", "topic"),
        ("page=501", "page"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_reason(client: Client, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 422
    (problem,) = answer.json()["detail"]
    assert problem["field"] == field
    assert problem["reason"]


def test_too_many_requests_are_told_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "num_requests", 3)
    for _ in range(3):
        assert client.get("/api/v1/regions").status_code == 200
    # Claiming another address does not help: no proxy of ours stands in front.
    refused = client.get("/api/v1/regions", headers={"X-Forwarded-For": "10.9.8.7"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert refused.json() == {"detail": "Too many requests."}


def test_two_clients_behind_our_proxy_are_counted_apart(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(throttle, "num_requests", 1)
    settings.NINJA_NUM_PROXIES = 1
    answers = [
        client.get("/api/v1/regions", headers={"X-Forwarded-For": seen}).status_code
        for seen in ("203.0.113.1", "203.0.113.2", "198.51.100.7, 203.0.113.1")
    ]
    assert answers == [200, 200, 429]


def test_what_is_not_there_is_not_found_as_json(client: Client) -> None:
    for path in ("case-studies/CS-2026-000001", "case-studies/%00", "collections/0", "nothing"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 404, path
    assert client.get("/api/v1/case-studies/x").json() == {"detail": "Not found"}


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/api/v1/search").status_code == 405


def test_documentation_needs_no_other_host_and_no_script(client: Client) -> None:
    html = client.get("/api/v1/docs").content.decode()
    assert "GET /api/v1/case-studies/{number}" in html
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!testserver)', html)
    assert not re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", html)
    schema = client.get("/api/v1/openapi.json").json()
    promised = {"search", "case-studies", "collections", "regions", "administrations", "topics"}
    assert {path.split("/")[3] for path in schema["paths"]} == promised
    assert all(set(methods) == {"get"} for methods in schema["paths"].values())
