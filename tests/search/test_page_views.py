"""The same results as a list, a table or a map; their kinds as links with counts."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search import vocabularies
from search.atlas import Place, places_of
from search.criteria import Criteria, View
from search.worker import drain
from tests.factories.cases import make_case, make_collection, make_topic
from tests.factories.directory import make_administration, make_region
from tests.search.looking import index_everything, look
from tests.search.test_page import heading, links, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> None:
    """Three experiences of Malta, one of France, one of Kenya, one collection of Europe."""
    malta = make_administration("malta")
    for number in range(3):
        make_case(f"Transit {number}", administration=malta, topics=["transit"], cost="gt-5m")
    france = make_administration("france")
    make_case("Transit sous scellés", administration=france, language="fr", topics=["transit"])
    kenya = make_administration("kenya", region="east-southern-africa")
    make_case("Transit by rail", administration=kenya, stage="pilot")
    make_collection("Transit collected", region=make_region("europe"))
    drain()


def switch(html: str, name: str) -> dict[str, str]:
    """Gives where the links of a switch lead, by their words; the current one leads to "here"."""
    found = re.findall(rf'<a id="{name}-[^"]*" href="([^"]*)"([^>]*)>(.*?)</a>', html, re.DOTALL)
    return {
        " ".join(re.sub("<[^>]+>", "", words).split()): "here"
        if "current" in more
        else unescape(to)
        for to, more, words in found
    }


@pytest.mark.usefixtures("library")
class TestKinds:
    def test_each_kind_is_a_link_with_its_count(self, client: Client) -> None:
        assert switch(page(client, "/en/search/?q=transit"), "kind") == {
            "All 6": "here",
            "Case studies 5": "/en/search/?q=transit&kind=case",
            "Collections 1": "/en/search/?q=transit&kind=collection",
        }

    def test_the_others_keep_their_counts_when_one_is_chosen(self, client: Client) -> None:
        html = page(client, "/en/search/?q=transit&kind=collection&sort=newest")
        assert heading(html) == "1 collection about transit"
        assert switch(html, "kind") == {
            "All 6": "/en/search/?q=transit&sort=newest",
            "Case studies 5": "/en/search/?q=transit&kind=case&sort=newest",
            "Collections 1": "here",
        }

    def test_a_kind_without_a_result_still_leads_to_the_others(self, client: Client) -> None:
        html = page(client, "/en/search/?kind=collection&stage=pilot")
        assert switch(html, "kind")["Case studies 1"] == "/en/search/?kind=case&stage=pilot"
        assert switch(html, "kind")["Collections 0"] == "here"

    def test_one_kind_alone_needs_no_links(self, client: Client) -> None:
        assert switch(page(client, "/en/search/?stage=pilot"), "kind") == {}

    def test_the_form_keeps_the_kind(self, client: Client) -> None:
        html = page(client, "/en/search/?kind=collection")
        assert '<input type="hidden" name="kind" value="collection">' in html


@pytest.mark.usefixtures("library")
class TestViews:
    def test_the_view_is_in_the_address_and_keeps_the_search(self, client: Client) -> None:
        html = page(client, "/en/search/?q=transit&region=europe&sort=newest&view=table")
        assert switch(html, "view") == {
            "List": "/en/search/?q=transit&region=europe&sort=newest",
            "Table": "here",
            "Map": "/en/search/?q=transit&region=europe&sort=newest&view=map",
        }
        assert '<input type="hidden" name="view" value="table">' in html
        assert "/en/search/?q=transit&sort=newest&view=table" in links(html)

    def test_the_view_is_no_part_of_the_feed(self, client: Client) -> None:
        html = page(client, "/en/search/?q=transit&view=map")
        assert 'href="/en/search/feed/?q=transit"' in html

    def test_it_finds_the_same(self, client: Client) -> None:
        for view in View:
            html = page(client, f"/en/search/?q=transit&view={view}")
            assert heading(html) == "6 experiences and collections about transit"

    def test_the_title_and_what_is_announced_name_the_view_and_the_order(
        self, client: Client
    ) -> None:
        html = page(client, "/en/search/?kind=case&view=table&sort=updated")
        words = "5 experiences · as a table · last updated first"
        assert f"<title>{words} · Customs Forum" in html
        assert f'role="status">{words}<' in html
        assert 'role="status">5 experiences<' in page(client, "/en/search/?kind=case")

    def test_an_unknown_view_is_the_list_with_a_notice(self, client: Client) -> None:
        html = page(client, "/en/search/?view=globe")
        assert "The view asked for does not exist" in html
        assert "c-item__title" in html


@pytest.mark.usefixtures("library")
class TestTable:
    def test_every_result_is_a_row_named_by_its_title(self, client: Client) -> None:
        html = page(client, "/en/search/?q=scellés&view=table")
        (row,) = re.findall(r'<tr><th scope="row">.*?</tr>', html)
        cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        assert cells == [
            "Transit sous scellés",
            "France",
            "Europe",
            "2021",
            "In operation",
            "Transit",
            "",
            "Shared",
        ]
        assert 'lang="fr" dir="ltr"' in row
        assert html.count('<th scope="col">') == len(cells)

    def test_it_scrolls_by_itself_and_has_a_name(self, client: Client) -> None:
        html = page(client, "/en/search/?view=table")
        assert 'role="group" aria-labelledby="results-table" tabindex="0"' in html
        assert re.search(r'<caption[^>]* id="results-table">6 experiences and collections<', html)

    def test_names_and_titles_are_never_markup(self, client: Client) -> None:
        make_case("<b>Seals</b>", topics=[make_topic("a", name="A & <i>")], cost="lt-50k")
        index_everything()
        html = page(client, "/en/search/?q=seals&view=table")
        assert "&lt;b&gt;<mark>Seals</mark>&lt;/b&gt;" in html
        assert "<bdi>A &amp; &lt;i&gt;</bdi>" in html
        assert "Less than 50,000 USD" in html


def places(**fields: Any) -> dict[str, Place]:
    """Gives what the map of a search shows, by region."""
    found = look(**fields)
    shown = {place.slug: place for place in places_of(found, Criteria(view=View.MAP, **fields))}
    assert sum(place.count for place in shown.values()) == found.total
    return shown


def counts(place: Place) -> dict[str, int]:
    """Gives the Members of a region that have results, most first."""
    return {tile.label: tile.count for tile in place.found}


@pytest.mark.usefixtures("library")
class TestMap:
    def test_it_counts_the_whole_result_by_region_and_member(self) -> None:
        shown = places(text="transit")
        assert {slug: place.count for slug, place in shown.items() if place.count} == {
            "europe": 5,
            "east-southern-africa": 1,
        }
        assert counts(shown["europe"]) == {"Malta": 3, "France": 1}
        assert shown["europe"].of_all == 1
        assert shown["east-southern-africa"].of_all == 0

    def test_it_counts_more_than_one_page(self) -> None:
        for number in range(25):
            make_case(f"More transit {number}", administration=make_administration("malta"))
        index_everything()
        assert counts(places(text="transit")["europe"]) == {"Malta": 28, "France": 1}

    def test_it_shows_what_was_found_and_not_what_else_could_be_chosen(self) -> None:
        shown = places(filters={"region": ("europe",)})
        assert shown["east-southern-africa"].count == 0
        shown = places(filters={"administration": ("france",)})
        assert counts(shown["europe"]) == {"France": 1}
        assert shown["europe"].of_all == 0

    def test_a_tile_leads_to_the_list_of_its_member(self, client: Client) -> None:
        html = page(client, "/en/search/?q=transit&region=europe&stage=operation&view=map")
        assert "/en/search/?q=transit&stage=operation&administration=malta" in links(html)
        assert "/en/search/?q=transit&stage=operation&region=europe" in links(html)

    def test_a_member_without_results_is_a_tile_that_leads_nowhere(self, client: Client) -> None:
        html = page(client, "/en/search/?stage=pilot&view=map")
        assert re.search(r'<li class="c-atlas__tile" aria-hidden="true" title="Malta">', html)
        assert "administration=malta" not in html

    def test_the_same_stands_in_a_table(self, client: Client) -> None:
        html = page(client, "/en/search/?q=transit&view=map")
        table = html[html.index("c-atlas__same") :]
        cells = re.findall(r'<th scope="row">(.*?)</th><td>(\d+)</td>', table)
        assert [(re.sub("<[^>]+>", "", name), count) for name, count in cells] == [
            ("Kenya", "1"),
            ("Malta", "3"),
            ("France", "1"),
            ("The region as a whole", "1"),
        ]

    def test_more_results_give_a_darker_tile(self) -> None:
        shades = {tile.label: tile.shade for tile in places()["europe"].tiles}
        assert shades == {"Malta": 4, "France": 2}

    def test_it_takes_no_statement_more_than_the_list(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.get("/en/search/")
        vocabularies.forget()
        with django_assert_max_num_queries(8):
            page(client, "/en/search/?q=transit&view=map")
