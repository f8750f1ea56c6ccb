"""The search log: what is noted, what never is, and that nobody waits for it or sees it."""

import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from search.log import SALT, impersonal
from search.models import SearchLogEntry
from search.worker import drain
from tests.factories.cases import make_case
from tests.factories.directory import make_user

pytestmark = pytest.mark.django_db
KEY = re.compile(r'data-clicks="([^"]+)" data-key="([^"]+)"')


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """Forgets how often this address has searched."""
    cache.clear()


@pytest.fixture
def cases() -> None:
    """Three experiences about transit."""
    for number in range(3):
        make_case(f"Transit number {number}", topics=["transit"])
    drain()


def search(client: Client, query: str, language: str = "en", **headers: str) -> str:
    """Asks for a page of results."""
    answer = client.get(f"/{language}/search/?{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def key_in(html: str) -> str:
    """Gives the key that a page tells clicks with."""
    found = KEY.search(html)
    assert found
    assert found[1].endswith("/search/click/")
    return found[2]


def tell(client: Client, key: str, rank: object) -> int:
    """Tells that a result was chosen."""
    return client.post("/en/search/click/", {"key": key, "rank": rank}).status_code


@pytest.mark.usefixtures("cases")
def test_a_search_is_noted_with_words_filters_language_and_count(client: Client) -> None:
    search(client, "q=++TRANSIT+Number&topic=transit&region=europe&sort=newest", "fr")
    (entry,) = SearchLogEntry.objects.all()
    assert (entry.words, entry.language, entry.region) == ("transit number", "fr", "europe")
    assert entry.filters == "region=europe&topic=transit"
    assert (entry.count, entry.clicked_rank, entry.degraded) == (3, None, False)
    assert entry.day == timezone.localdate()


def test_an_entry_has_no_place_for_a_person_or_a_time() -> None:
    assert {field.name for field in SearchLogEntry._meta.get_fields()} == {
        "id",
        "day",
        "words",
        "filters",
        "language",
        "region",
        "count",
        "clicked_rank",
        "degraded",
    }
    assert SearchLogEntry._meta.get_field("day").get_internal_type() == "DateField"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Transit by Sea", "transit by sea"),
        ("ask jane.doe@customs.example about seals", "ask about seals"),
        ("jane @ example", "jane example"),
        ("call +356 2568-5100 now", "call now"),
        ("(021) 44.55.66", ""),
        ("passport AB1234567", "passport"),
        ("٠١٢٣٤٥٦٧ عبور", "عبور"),
        ("article 7.5 of 2017", "article 7.5 of 2017"),
        ("between 2019 and 2024", "between 2019 and 2024"),
        ("40 x 20 x 10", "40 x 20 x 10"),
    ],
)
def test_words_that_look_personal_are_dropped(typed: str, kept: str) -> None:
    assert impersonal(typed) == kept


def test_a_search_for_something_personal_alone_is_not_noted(client: Client) -> None:
    html = search(client, "q=jane.doe%40customs.example")
    assert not SearchLogEntry.objects.exists()
    assert "data-key" not in html


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("", {}),
        ("topic=transit", {}),
        ("q=+", {}),
        ("q=transit", {"Sec-Purpose": "prefetch;prerender"}),
        ("q=transit", {"HX-Request": "true", "HX-History-Restore-Request": "true"}),
        ("q=transit&sort=newest", {"Referer": "http://testserver/en/search/?q=transit"}),
        ("q=transit&view=table", {"Referer": "http://testserver/en/search/?q=transit&page=2"}),
        (
            "q=transit&topic=transit",
            {
                "HX-Request": "true",
                "HX-Current-URL": "http://testserver/en/search/?topic=transit&q=transit",
            },
        ),
    ],
)
def test_what_is_no_new_search_is_not_noted(
    client: Client, query: str, headers: dict[str, str]
) -> None:
    search(client, query, **headers)
    assert not SearchLogEntry.objects.exists()


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    "before",
    [
        "http://testserver/en/search/?q=transi",
        "http://testserver/fr/search/?q=transit",
        "http://testserver/en/search/?q=transit&topic=transit",
        "http://testserver/en/",
        "http://[broken",
        "http://testserver/en/search/?" + "a=1&" * 600,
    ],
)
def test_a_search_that_comes_from_another_one_is_noted(client: Client, before: str) -> None:
    search(client, "q=transit", Referer=before)
    assert SearchLogEntry.objects.count() == 1


def test_further_pages_are_the_same_search(client: Client) -> None:
    for number in range(25):
        make_case(f"Transit number {number}")
    drain()
    html = search(client, "q=transit&page=2")
    assert not SearchLogEntry.objects.exists()
    assert "data-key" not in html


def test_a_head_request_is_not_noted(client: Client) -> None:
    client.head("/en/search/?q=transit")
    assert not SearchLogEntry.objects.exists()


def test_a_flood_of_searches_does_not_fill_the_log(client: Client, settings: Settings) -> None:
    settings.SEARCH_LOG_RATE = "3/min"
    for number in range(6):
        search(client, f"q=word{number}")
    assert SearchLogEntry.objects.count() == 3


@pytest.mark.usefixtures("cases")
def test_the_first_click_is_noted_with_its_place(client: Client) -> None:
    key = key_in(search(client, "q=transit"))
    other = key_in(search(client, "q=number"))
    assert tell(client, key, 2) == 204
    assert tell(client, key, 1) == 204
    assert dict(SearchLogEntry.objects.values_list("words", "clicked_rank")) == {
        "transit": 2,
        "number": None,
    }
    assert key != other


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("rank", ["0", "21", "-1", "1.5", "x", "", "٣", "99999999999999999999"])
def test_a_place_that_does_not_exist_is_refused(client: Client, rank: str) -> None:
    key = key_in(search(client, "q=transit"))
    assert tell(client, key, rank) == 400
    assert not SearchLogEntry.objects.exclude(clicked_rank=None).exists()


@pytest.mark.usefixtures("cases")
def test_a_key_cannot_be_made_by_others(client: Client) -> None:
    key = key_in(search(client, "q=transit"))
    (entry,) = SearchLogEntry.objects.all()
    forged = (
        "",
        "x",
        str(entry.pk),
        key[:-1],
        key[1:],
        signing.dumps(entry.pk),
        signing.dumps(entry.pk, salt=SALT, key="another secret"),
    )
    assert {tell(client, each, 1) for each in forged} == {400}
    assert client.post("/en/search/click/").status_code == 400
    assert client.get("/en/search/click/").status_code == 405
    entry.refresh_from_db()
    assert entry.clicked_rank is None


@pytest.mark.usefixtures("cases")
def test_an_old_key_is_not_taken(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_in(search(client, "q=transit"))
    later = time.time() + 25 * 60 * 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert tell(client, key, 1) == 400


@pytest.mark.usefixtures("cases")
def test_a_click_needs_no_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert tell(strict, key_in(search(client, "q=transit")), 1) == 204


def test_entries_are_forgotten_after_ninety_days(client: Client) -> None:
    for age in (0, 90, 91, 400):
        day = timezone.localdate() - timedelta(days=age)
        SearchLogEntry.objects.create(words=f"{age}", day=day, language="en", count=1)
    call_command("search_purge_log")
    assert set(SearchLogEntry.objects.values_list("words", flat=True)) == {"0", "90"}


def test_programs_and_feeds_are_not_noted(client: Client) -> None:
    for address in ("/api/v1/search?q=transit", "/en/search/feed/?q=transit"):
        assert client.get(address).status_code == 200
    assert client.get("/en/search/suggest/?q=transit").status_code == 200
    assert not SearchLogEntry.objects.exists()


@pytest.mark.usefixtures("cases")
def test_an_officer_is_no_more_in_it_than_anybody(client: Client) -> None:
    client.force_login(make_user("contributor"))
    search(client, "q=transit")
    (entry,) = SearchLogEntry.objects.all()
    assert entry.words == "transit"
