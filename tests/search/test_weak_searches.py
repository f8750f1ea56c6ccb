"""The curator's page of searches that did not help: what is on it, and who may see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.directory.roles import sync_roles
from search.models import SearchLogEntry
from search.weak_searches import (
    WeakSearch,
    searches_without_a_good_choice,
    searches_without_results,
)
from tests.factories.cases import make_tree
from tests.factories.directory import make_region, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/search/weak/"


def noted(words: str, *, times: int = 1, **fields: Any) -> None:
    """Notes a search so many times; without a count it found nothing."""
    defaults = {"language": "en", "count": 0}
    for _time in range(times):
        SearchLogEntry.objects.create(words=words, **defaults | fields)


def words_of(rows: list[WeakSearch]) -> list[str]:
    """Gives the words in their order."""
    return [row.words for row in rows]


def signed_in(role: str) -> Client:
    """Gives a client of a person with a role and the way into the editors' desk it brings."""
    make_tree()
    person = make_user(role)
    sync_roles()
    client = Client()
    client.force_login(person)
    return client


def test_what_found_nothing_is_listed_by_words_language_and_region() -> None:
    noted("seals", times=2)
    noted("seals", language="fr")
    noted("seals", region="europe", times=3)
    noted("transit", count=4)
    assert [tuple(row)[:4] for row in searches_without_results()] == [
        ("seals", "en", "europe", 3),
        ("seals", "en", "", 2),
        ("seals", "fr", "", 1),
    ]


def test_what_found_something_once_was_not_in_vain() -> None:
    noted("seals", times=5)
    noted("seals", count=1)
    assert searches_without_results() == []


def test_weak_is_what_was_asked_three_times_and_led_nowhere_near_the_top() -> None:
    noted("never chosen", count=7, times=3)
    noted("chosen far down", count=30, times=3, clicked_rank=9)
    noted("chosen near the top once", count=30, times=3, clicked_rank=9)
    noted("chosen near the top once", count=30, clicked_rank=5)
    noted("asked twice", count=7, times=2)
    noted("in vain", times=3)
    rows = {row.words: (row.found, row.best_rank) for row in searches_without_a_good_choice()}
    assert rows == {"never chosen": (7, None), "chosen far down": (30, 9)}


def test_what_the_plain_listing_answered_and_what_is_old_is_left_out() -> None:
    noted("down", degraded=True)
    noted("old", day=timezone.localdate() - timedelta(days=91))
    noted("just old enough", day=timezone.localdate() - timedelta(days=90))
    assert words_of(searches_without_results()) == ["just old enough"]


def test_lists_are_narrowed_by_language_and_region() -> None:
    noted("seals", language="fr", region="europe")
    noted("drones", language="fr")
    noted("dogs", region="europe")
    assert words_of(searches_without_results(language="fr")) == ["drones", "seals"]
    assert words_of(searches_without_results(region="europe")) == ["dogs", "seals"]
    assert words_of(searches_without_results(language="fr", region="europe")) == ["seals"]


def test_a_search_can_be_run_again_in_its_language_and_region() -> None:
    make_region("europe")
    noted("plombs & scellés", language="fr", region="europe")
    noted("seals", region="gone")
    urls = {row.words: row.url for row in searches_without_results()}
    assert urls == {
        "plombs & scellés": "/fr/search/?q=plombs+%26+scell%C3%A9s&region=europe",
        "seals": "/en/search/?q=seals",
    }


@pytest.mark.parametrize("role", ["curator", "superuser"])
def test_curator_and_operator_see_the_page(role: str) -> None:
    client = signed_in(role)
    noted("<script>zanzibarite</script>", region="europe")
    noted("far down", count=9, times=3)
    html = client.get(PAGE).content.decode()
    assert "&lt;script&gt;zanzibarite&lt;/script&gt;" in html
    assert "<script>zanzibarite" not in html
    assert "far down" in html
    assert reverse("synonymgroup:add") in html
    assert "Searches that did not help" in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["coordinator", "expert_editor"])
def test_other_people_of_the_desk_do_not(role: str) -> None:
    client = signed_in(role)
    noted("zanzibarite")
    answer = client.get(PAGE, follow=True)
    assert "zanzibarite" not in answer.content.decode()
    assert "Searches that did not help" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["", "contributor", "contact_point", "reviewer"])
def test_nobody_else_gets_there(role: str) -> None:
    client = signed_in(role)
    noted("zanzibarite")
    assert client.get(PAGE).status_code in {302, 403}
    assert Client().get(PAGE).status_code == 302


def test_odd_filters_narrow_nothing() -> None:
    client = signed_in("curator")
    noted("seals")
    for query in ("language=xx", "region=%00", "language=en&language=fr&region=nowhere"):
        assert client.get(f"{PAGE}?{query}").status_code == 200
    assert "seals" not in client.get(f"{PAGE}?language=fr").content.decode()


def test_words_of_the_log_are_shown_to_nobody_else(client: Client) -> None:
    make_tree()
    noted("zanzibarite", count=2, times=5, clicked_rank=1)
    for address in ("/en/", "/en/search/", "/en/search/suggest/?q=zanz", "/api/v1/search?q=zanz"):
        assert "zanzibarite" not in client.get(address).content.decode()
