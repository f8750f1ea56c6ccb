"""The search page: the sentence, the filters and their links, pages, notices, robots."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import escape
from django.utils.safestring import mark_safe
from pytest_django import Settings

from search.items import Item, TopicLink
from search.results import FacetValue, Hit, Label
from search.templatetags.finder import facet_options, found_items
from search.worker import drain
from tests.factories.cases import make_case, make_collection
from tests.factories.directory import make_administration

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> None:
    """Four experiences in two regions and one collection."""
    make_case("A single window for traders", topics=["single-window"], year=2019)
    make_case("A single window at the border", topics=["single-window"], year=2021, stage="pilot")
    kenya = make_administration("kenya", region="east-southern-africa")
    make_case("Transit under seal", administration=kenya, topics=["transit"], year=2022)
    make_case("Guichet unique", language="fr", topics=["single-window"], year=2023)
    make_collection("Windows worth opening")
    drain()


def page(client: Client, address: str) -> str:
    """Gives the page at an address, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _without_gaps(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html.strip())


def heading(html: str) -> str:
    """Gives the sentence above the results."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def links(html: str) -> list[str]:
    """Gives where the links of a page lead."""
    return [link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*href="([^"]+)"', html)]


@pytest.mark.usefixtures("library")
class TestSentence:
    def test_counts_name_subject_and_place(self, client: Client) -> None:
        html = page(client, "/en/search/?q=single+window&region=europe&kind=case")
        assert heading(html) == "3 experiences about single window in Europe"
        assert "<title>3 experiences about single window in Europe · Customs Forum" in html

    def test_says_one_in_the_singular(self, client: Client) -> None:
        assert heading(page(client, "/en/search/?topic=transit")) == "1 experience about Transit"

    def test_names_collections_only_where_they_are_counted(self, client: Client) -> None:
        assert heading(page(client, "/en/search/")) == "5 experiences and collections"
        assert heading(page(client, "/en/search/?kind=case")) == "4 experiences"
        assert heading(page(client, "/en/search/?kind=collection")) == "1 collection"

    def test_isolates_and_escapes_the_readers_words(self, client: Client) -> None:
        html = page(client, "/en/search/?q=%3Cb%3Ewindow%3C%2Fb%3E+%25%28place%29s")
        assert "<bdi>&lt;b&gt;window&lt;/b&gt; %(place)s</bdi>" in html

    def test_says_that_nothing_was_found(self, client: Client) -> None:
        html = page(client, "/en/search/?q=transit&region=europe&year_from=2090")
        assert heading(html) == "No experience found about transit in Europe"


@pytest.mark.usefixtures("library")
class TestFilters:
    def test_a_repeated_parameter_means_or_and_different_ones_and(self, client: Client) -> None:
        both = "/en/search/?topic=transit&topic=single-window"
        assert heading(page(client, both)) == "4 experiences"
        assert heading(page(client, f"{both}&stage=pilot")) == "1 experience"

    def test_years_narrow_on_both_sides(self, client: Client) -> None:
        html = page(client, "/en/search/?year_from=2020&year_to=2022")
        assert heading(html) == "2 experiences"

    def test_every_chosen_filter_is_a_link_that_drops_only_it(self, client: Client) -> None:
        asked = "q=window&region=europe&stage=pilot&year_from=2020&sort=newest&page=1"
        found = links(page(client, f"/en/search/?{asked}"))
        assert "/en/search/?q=window&stage=pilot&year_from=2020&sort=newest" in found
        assert "/en/search/?q=window&region=europe&year_from=2020&sort=newest" in found
        assert "/en/search/?q=window&region=europe&stage=pilot&sort=newest" in found
        assert "/en/search/?q=window&sort=newest" in found

    def test_the_form_keeps_words_values_and_order(self, client: Client) -> None:
        html = page(client, "/en/search/?q=window&stage=pilot&measured=0&sort=newest")
        assert 'name="q" type="search" value="window"' in html
        assert '<input type="hidden" name="sort" value="newest">' in html
        assert re.search(r'name="stage" value="pilot"[^>]*checked', html)
        assert not re.search(r'name="measured"[^>]*checked', html)

    def test_a_chosen_value_stays_with_a_count_of_nought(self, client: Client) -> None:
        html = page(client, "/en/search/?stage=pilot&year_from=2022")
        option = re.search(r'name="stage" value="pilot" checked.*?count">(\d+)<', html, re.DOTALL)
        assert option
        assert option[1] == "0"

    def test_an_unknown_value_is_left_out_with_a_notice(self, client: Client) -> None:
        html = page(client, "/en/search/?region=atlantis&topic=%3Cscript%3E")
        assert heading(html) == "5 experiences and collections"
        assert "“atlantis” is not known here" in html
        assert "<script>" not in html.replace('<script type="module"', "").replace(
            "<script src", ""
        )

    def test_a_year_that_is_none_is_left_out_with_a_notice(self, client: Client) -> None:
        html = page(client, "/en/search/?year_from=soon&sort=beautiful")
        assert heading(html) == "5 experiences and collections"
        assert "The first year was left out" in html
        assert "The order asked for does not exist" in html


class TestPages:
    def test_leads_through_the_pages_with_the_same_search(self, client: Client) -> None:
        for number in range(45):
            make_case(f"Transit number {number}")
        drain()
        html = page(client, "/en/search/?q=transit&region=europe&page=2")
        found = links(html)
        assert "/en/search/?q=transit&region=europe&page=1" in found
        assert "/en/search/?q=transit&region=europe&page=3" in found
        assert html.count("c-item__title") == 20
        assert "page 2" in html[: html.index("</title>")]
        assert client.get("/en/search/?q=transit&page=4").status_code == 404

    @pytest.mark.parametrize("number", ["0", "-1", "1000000000", "abc", "2", "1.0", "٣", "1e1"])
    def test_a_page_that_does_not_exist_is_not_found(self, client: Client, number: str) -> None:
        assert client.get("/en/search/", {"page": number}).status_code == 404
        assert client.get("/en/search/feed/", {"page": "0"}).status_code == 404

    def test_an_empty_forum_has_a_first_page(self, client: Client) -> None:
        assert heading(page(client, "/en/search/?page=1")) == "No experience found"


class TestFrame:
    def test_only_the_bare_page_may_be_indexed(self, client: Client) -> None:
        make_case("Transit")
        drain()
        assert "noindex" not in page(client, "/en/search/")
        assert "noindex" in page(client, "/en/search/?region=europe")
        assert "noindex" in page(client, "/en/search/?q=transit")
        assert "noindex" in page(client, "/en/search/?sort=newest")

    def test_text_in_another_language_says_so(self, client: Client) -> None:
        make_case("نافذة واحدة", language="ar", summary="ملخص قصير")
        drain()
        html = page(client, "/fr/search/")
        assert '<html lang="fr" dir="ltr">' in html
        assert re.search(r'<(?:p|bdi)[^>]* lang="ar" dir="rtl">ملخص قصير<', html)
        assert re.search(r'<a href="/fr/[^"]+" lang="ar" dir="rtl"><bdi>نافذة واحدة', html)

    def test_marks_what_matched_and_escapes_the_rest(self, client: Client) -> None:
        make_case(
            "Seals <script>alert(1)</script>", summary="Seals & <img src=x onerror=alert(2)> locks"
        )
        drain()
        html = page(client, "/en/search/?q=seals")
        assert "<mark>Seals</mark> &lt;script&gt;" in html
        assert "<img src=x" not in html
        assert "<script>alert" not in html

    def test_a_search_by_htmx_gives_the_page_and_its_short_address(self, client: Client) -> None:
        make_case("Transit")
        drain()
        asked = "/en/search/?q=transit&region=europe&year_from=&year_to="
        answer = client.get(asked, headers={"HX-Request": "true"})
        assert answer["HX-Push-Url"] == "/en/search/?q=transit&region=europe"
        assert 'id="search-form"' in answer.content.decode()
        assert 'role="status">1 experience about transit in Europe<' in answer.content.decode()

    def test_the_languages_of_the_page_keep_the_search(self, client: Client) -> None:
        html = page(client, "/en/search/?q=transit&stage=pilot")
        assert escape("/fr/search/?q=transit&stage=pilot") in html or "q%3Dtransit" in html

    def test_options_are_drawn_like_the_component(self) -> None:
        value = FacetValue("a-b", 'Sea & "air" <b>', 3, selected=True)
        drawn = render_to_string("components/facet_option.html", {"name": "mode", "option": value})
        assert facet_options("mode", [value]).strip() == drawn.strip()

    def test_results_are_drawn_like_the_component(self) -> None:
        item = Item(
            hit=Hit(
                id="CS-2026-000001",
                kind="case",
                pk=1,
                title='Sea & "air" <b>',
                title_marked=mark_safe("Sea &amp; <mark>air</mark> &lt;b&gt;"),
                url='/ar/?a=1&b="2"',
                language="ar",
                text_language="ar",
                region=Label("europe", "Europe & <i>"),
                administration=Label("malta", "Malta & <i>"),
                year=2021,
                stage=Label("pilot", "Pilot & <i>"),
                level=Label("shared", "Shared & <i>"),
            ),
            kind="Case <i>",
            passage=mark_safe("… <mark>air</mark> …"),
            passage_language="fr",
            topics=(TopicLink("Transit & <i>", "/en/search/?topic=a&q=b"),),
        )
        plain = replace(item, kind="", passage="Air & <sea>", topics=())
        for one in (item, plain):
            hit = one.hit
            drawn = render_to_string(
                "components/case_item.html",
                {
                    "heading": "h2",
                    "url": hit.url,
                    "title": hit.title_marked,
                    "lang": hit.text_language,
                    "kind": one.kind,
                    "region_slug": hit.region.value,
                    "region_label": hit.region.label,
                    "administration": hit.administration.label,
                    "year": hit.year,
                    "stage": hit.stage.label,
                    "level": hit.level.value,
                    "level_label": hit.level.label,
                    "passage": one.passage,
                    "text_lang": one.passage_language,
                    "topics": one.topics,
                },
            )
            assert found_items([one]) == f"<li>{_without_gaps(drawn)}</li>"

    def test_only_reading_is_allowed(self, client: Client) -> None:
        assert client.post("/en/search/").status_code == 405


def test_a_dead_engine_gives_the_listing_with_a_banner(client: Client, settings: Settings) -> None:
    make_case("Transit under seal")
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
    html = page(client, "/en/search/?q=transit")
    assert "Search is limited just now" in html
    assert heading(html) == "1 experience about transit"
