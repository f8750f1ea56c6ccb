"""Nothing was found: what to leave out with what it would bring, what is near, whom to ask."""

import re
from collections.abc import Sequence
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from search import vocabularies
from search.criteria import Criteria
from search.engines import get_engine
from search.engines.base import Request
from search.service import totals
from tests.factories.cases import make_case, make_topic
from tests.factories.directory import make_administration, make_user
from tests.search.looking import index_everything, look
from tests.search.test_page import links, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> None:
    """Windows in Europe, seals and one pilot in East and Southern Africa."""
    make_topic("single-window", name="Single Window", synonyms="guichet unique|VUCE")
    make_topic("transit", name="Transit")
    for number in range(3):
        make_case(f"Window {number}", topics=["single-window"], year=2020)
    kenya = make_administration("kenya", region="east-southern-africa")
    make_case("Seals on the road", administration=kenya, topics=["transit"], year=2022)
    make_case("Seals at sea", administration=kenya, topics=["transit"], stage="pilot", year=2023)
    index_everything()


def offered(html: str, about: str = "leave-out") -> dict[str, tuple[str, str]]:
    """Gives the links of a part of the page by their words, with where they lead and the count."""
    part = re.search(rf'id="{about}".*?</ul>', html, re.DOTALL)
    found = re.findall(r'<li><a [^>]*?href="([^"]*)"[^>]*>(.*?)</li>', part[0] if part else "")
    said = [(url, re.sub("<[^>]+>", "|", words).split("|")) for url, words in found]
    return {
        next(filter(str.strip, parts)).strip(): (
            unescape(url),
            next((part for part in reversed(parts) if part.strip()[:1].isdigit()), ""),
        )
        for url, parts in said
    }


@pytest.mark.usefixtures("library")
class TestLeavingOut:
    def test_each_filter_is_offered_with_what_the_search_would_bring_without_it(
        self, client: Client
    ) -> None:
        html = page(client, "/en/search/?q=window&region=east-southern-africa&stage=operation")
        assert offered(html) == {
            "Without “East and Southern Africa”": (
                "/en/search/?q=window&stage=operation",
                "3 results",
            ),
            "The words without the filters": ("/en/search/?q=window", "3 results"),
            "The filters without the words": (
                "/en/search/?region=east-southern-africa&stage=operation",
                "1 result",
            ),
        }

    def test_what_would_bring_nothing_is_not_offered(self, client: Client) -> None:
        html = page(client, "/en/search/?q=zzxqy&stage=pilot")
        assert set(offered(html)) == {"The filters without the words"}
        assert offered(page(client, "/en/search/?q=zzxqy")) == {}

    def test_every_count_is_true(self, client: Client) -> None:
        html = page(client, "/en/search/?q=seals&topic=single-window&year_from=2021&stage=pilot")
        ways = offered(html)
        assert len(ways) >= 2
        for url, count in ways.values():
            assert f"<title>{count.split()[0]} experience" in page(client, url)

    def test_values_of_one_filter_are_dropped_together(self, client: Client) -> None:
        html = page(
            client, "/en/search/?q=window&stage=pilot&stage=idea&year_from=2020&year_to=2020"
        )
        assert offered(html)["Without “Pilot · Idea”"] == (
            "/en/search/?q=window&year_from=2020&year_to=2020",
            "3 results",
        )

    def test_the_kind_and_both_years_count_as_filters_too(self, client: Client) -> None:
        html = page(client, "/en/search/?kind=collection&year_from=2020&year_to=2023")
        assert "Without “Collection”" in offered(html)

    def test_no_count_tells_of_what_the_reader_may_not_see(self, client: Client) -> None:
        make_case("Window for members", visibility="members")
        index_everything()
        address = "/en/search/?q=window&region=east-southern-africa"
        way = "Without “East and Southern Africa”"
        assert offered(page(client, address))[way][1] == "3 results"
        client.force_login(make_user("contributor", administration=make_administration("malta")))
        assert offered(page(client, address))[way][1] == "4 results"


@pytest.mark.usefixtures("library")
class TestNearTopics:
    @pytest.mark.parametrize("words", ["zzxqy window", "guichet qqq", "vuce", "singel qqq"])
    def test_a_topic_that_shares_a_word_is_offered(self, client: Client, words: str) -> None:
        address = f"/en/search/?q={words}&topic=transit&stage=idea"
        assert offered(page(client, address), "near-topics")["Single Window"] == (
            "/en/search/?topic=single-window",
            "3",
        )

    def test_a_topic_without_an_experience_is_not_offered(self, client: Client) -> None:
        make_topic("drones", name="Drones")
        assert offered(page(client, "/en/search/?q=drones+zz&stage=idea"), "near-topics") == {}

    def test_else_the_topics_of_the_chosen_region_are(self, client: Client) -> None:
        html = page(client, "/en/search/?q=zzxqy&region=east-southern-africa")
        assert offered(html, "near-topics") == {
            "Transit": ("/en/search/?region=east-southern-africa&topic=transit", "2")
        }


@pytest.mark.usefixtures("library")
class TestAsking:
    def test_the_regions_can_be_asked_first_the_chosen_one(self, client: Client) -> None:
        html = page(client, "/fr/search/?q=zzxqy&region=europe")
        assert "/fr/#regions" in links(html)
        assert "/fr/europe/" in links(html)

    def test_it_takes_one_engine_request_more_and_few_statements(
        self,
        client: Client,
        monkeypatch: pytest.MonkeyPatch,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        asked: list[int] = []
        count = get_engine().totals

        def counting(requests: Sequence[Request]) -> list[int]:
            asked.append(len(requests))
            return count(requests)

        monkeypatch.setattr(get_engine(), "totals", counting)
        client.get("/en/search/")
        vocabularies.forget()
        with django_assert_max_num_queries(8):
            client.get("/en/search/?q=many+words+zzxqy&region=europe&topic=transit&stage=idea")
        assert len(asked) == 1
        client.get("/en/search/?q=window")
        assert len(asked) == 1

    def test_while_the_engine_is_away_ways_have_no_counts(
        self, client: Client, settings: Settings
    ) -> None:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
        html = page(client, "/en/search/?q=window&stage=idea")
        assert offered(html)["Without “Idea”"] == ("/en/search/?q=window", "")


SEARCHES = [
    Criteria(),
    Criteria(text="window"),
    Criteria(text="seals", filters={"stage": ("pilot",)}),
    Criteria(filters={"region": ("europe", "east-southern-africa")}, year_from=2022),
    Criteria(text="window", filters={"topic": ("transit",)}),
]


@pytest.mark.usefixtures("engine")
def test_totals_are_those_of_the_searches_themselves() -> None:
    kenya = make_administration("kenya", region="east-southern-africa")
    make_case("Window", topics=["single-window"], year=2020)
    make_case("Seals", administration=kenya, topics=["transit"], stage="pilot", year=2022)
    make_case("Window for members", visibility="members", year=2023)
    index_everything()
    officer = make_user("contributor", administration=make_administration("malta"))
    for user in (make_user(), officer):
        expected = [look(user=user, **vars(search)).total for search in SEARCHES]
        assert totals(SEARCHES, user) == expected
