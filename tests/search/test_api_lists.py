"""The lists of the read API: cases, collections, regions, administrations, topics."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.cases import (
    make_case,
    make_collection,
    make_term,
    make_topic,
    make_translation,
)
from tests.factories.directory import make_administration, make_region

pytestmark = pytest.mark.django_db


def test_cases_are_listed_with_what_changed_last_first(client: Client) -> None:
    make_case("Older")
    make_case("Newer", topics=["transit", "origin"])
    answer = client.get("/api/v1/case-studies?size=1").json()
    assert [answer["total"], answer["page"], answer["size"]] == [2, 1, 1]
    assert answer["results"][0]["title"] == "Newer"
    assert answer["results"][0]["topics"] == ["transit", "origin"]
    assert client.get("/api/v1/case-studies?page=9").json()["results"] == []


def test_a_case_is_given_whole_without_persons_and_drafts(client: Client) -> None:
    case = make_case(
        "Transit under seal",
        problem="Seals were broken.",
        contact_name="Ada Secret",
        contact_email="ada@example.test",
        terms=[make_term("technology", "drones")],
        results=[{"indicator": "Hours", "before": "9", "after": "4"}],
        months=8,
        cost="lt-50k",
    )
    make_translation(case, "fr", title="Transit sous scellés")
    make_translation(case, "es", checked=False, title="Tránsito")
    answer = client.get(f"/api/v1/case-studies/{case.number}")
    record = answer.json()
    assert record["texts"]["problem"] == "Seals were broken."
    assert "novelty" not in record["texts"]
    assert record["terms"] == {"technology": ["drones"]}
    assert record["results"][0]["after"] == "4"
    assert record["translations"] == ["fr"]
    assert [record["months"], record["cost"], record["licence"]] == [8, "lt-50k", "CC-BY-4.0"]
    assert "ada" not in answer.content.decode().lower()


def test_a_collection_is_given_in_the_curators_order(client: Client) -> None:
    first, second = make_case("First"), make_case("Second")
    page = make_collection("Read together", cases=[second, first])
    (line,) = client.get("/api/v1/collections").json()["results"]
    assert [line["id"], line["cases"], line["region"]] == [f"collection-{page.pk}", 2, "europe"]
    for name in (line["id"], str(page.pk)):
        whole = client.get(f"/api/v1/collections/{name}").json()
        assert [item["case"]["title"] for item in whole["items"]] == ["Second", "First"]
        assert whole["items"][0]["comment"] == "Chosen: Second"


def test_regions_name_their_members_and_cases(client: Client) -> None:
    make_administration("european-union", is_member=False)
    make_case("One")
    make_region("asia-pacific")
    answer = client.get("/api/v1/regions?ui=es").json()
    lines = {line["slug"]: line for line in answer["results"]}
    assert answer["total"] == len(lines) == 2
    assert lines["europe"] == {
        "slug": "europe",
        "code": "EUR",
        "name": "Europa",
        "members": 1,
        "cases": 1,
    }
    assert lines["asia-pacific"]["cases"] == 0


def test_administrations_by_name(client: Client) -> None:
    make_case("One")
    make_administration("brazil", region="americas-caribbean")
    answer = client.get("/api/v1/administrations?ui=fr&size=2").json()
    assert answer["results"] == [
        {
            "code": "BR",
            "slug": "brazil",
            "name": "Brésil",
            "region": "americas-caribbean",
            "cases": 0,
        },
        {"code": "MT", "slug": "malta", "name": "Malte", "region": "europe", "cases": 1},
    ]


def test_a_group_of_topics_counts_each_case_once(client: Client) -> None:
    make_topic("transit", parent="facilitation")
    make_topic("origin", parent="facilitation")
    make_case("Both", topics=["transit", "origin"])
    lines = client.get("/api/v1/topics").json()["results"]
    assert {line["slug"]: (line["parent"], line["count"]) for line in lines} == {
        "facilitation": (None, 1),
        "transit": ("facilitation", 1),
        "origin": ("facilitation", 1),
    }


@pytest.mark.parametrize("cases", [2, 40])
def test_lists_take_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, cases: int
) -> None:
    made = [make_case(f"Case {number}", topics=["transit"]) for number in range(cases)]
    make_collection("All", cases=made)
    client.get("/api/v1/regions")
    for path in (
        "case-studies?size=100",
        f"case-studies/{made[0].number}",
        "collections",
        "regions",
        "administrations?size=100",
        "topics",
    ):
        with django_assert_max_num_queries(8):
            assert client.get(f"/api/v1/{path}").status_code == 200
