"""Experiences like one: what is alike, why, and never what the reader may not see."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casestudies.models import CaseStudyPage
from portal.directory.models import User
from search.criteria import Audience, Criteria
from search.engines.base import Engine, Request
from search.engines.likeness import About
from search.similar import Similar, similar_cases
from tests.factories.cases import make_case, make_term, make_translation
from tests.factories.directory import make_administration, make_user
from tests.search.looking import document, index_everything, version, write

pytestmark = pytest.mark.django_db


def similar(
    case: CaseStudyPage, user: User | None = None, language: str = "en"
) -> dict[str, tuple[str, ...]]:
    """Gives the titles of similar cases with the reasons, in their order."""
    found: list[Similar] = similar_cases(case, user or AnonymousUser(), language)
    return {item.hit.title: item.reasons for item in found}


def part_of(client: Client, case: CaseStudyPage) -> str:
    """Gives the part of the page as a script gets it."""
    answer = client.get(f"/en/search/similar/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_both_are_about_is_the_reason(engine: Engine) -> None:
    drones = make_term("technology", "drones")
    kenya = make_administration("kenya", region="east-southern-africa")
    case = make_case("One", topics=["transit", "canine-units"], terms=[drones], stage="pilot")
    make_case("Two", topics=["canine-units"], stage="pilot", administration=kenya)
    make_case("Three", topics=["transit", "canine-units"], stage="idea")
    make_case("Four", terms=[drones], stage="idea")
    make_case("Five", topics=["integrity"], stage="pilot", administration=kenya)
    index_everything()
    assert similar(case) == {
        "Three": ("Same topics: Transit and Canine units",),
        "Two": ("Same topic: Canine units", "Same stage: Pilot", "From another region"),
        "Four": ("Same technology: Drones",),
    }


def test_of_equal_topics_the_likest_text_comes_first(engine: Engine) -> None:
    case = make_case("Seals that call", topics=["transit"], summary="Electronic seals report.")
    make_case("Guarantees", topics=["transit"], summary="A comprehensive guarantee.")
    make_case("Seals on lorries", topics=["transit"], summary="Electronic seals on every lorry.")
    make_case("Guarantees anew", topics=["transit"], summary="A lower guarantee.")
    index_everything()
    assert next(iter(similar(case))) == "Seals on lorries"


def test_case_of_another_region_comes_before_an_equal_one_of_its_own(engine: Engine) -> None:
    case = make_case("Here", topics=["transit"])
    elsewhere = make_administration("kenya", region="east-southern-africa")
    make_case("There", topics=["transit"], administration=elsewhere)
    make_case("Nearby", topics=["transit"])
    index_everything()
    assert list(similar(case)) == ["There", "Nearby"]


def test_at_most_four_and_none_without_anything_in_common(engine: Engine) -> None:
    case, alone = make_case("One", topics=["transit"]), make_case("Nothing is said of it")
    for number in range(6):
        make_case(f"Other {number}", topics=["transit"])
    index_everything()
    assert len(similar(case)) == 4
    assert similar(alone) == {}


def test_title_is_in_the_readers_language_where_there_is_a_translation(engine: Engine) -> None:
    case = make_case("One", topics=["transit"])
    other = make_case("Le transit", language="fr", topics=["transit"])
    make_translation(other, "es", title="El tránsito")
    index_everything()
    assert list(similar(case)) == ["Le transit"]
    assert list(similar(case, language="es")) == ["El tránsito"]


def test_only_what_the_reader_may_read_is_similar(engine: Engine) -> None:
    case = make_case("One", topics=["transit"])
    make_case("For all", topics=["transit"])
    make_case("For officers", topics=["transit"], visibility="members")
    make_case("For the region", topics=["transit"], visibility="region")
    make_case("A draft", topics=["transit"], live=False)
    index_everything()
    elsewhere = make_administration("kenya", region="east-southern-africa")
    officer = make_user("contributor", administration=elsewhere)
    assert set(similar(case)) == {"For all"}
    assert set(similar(case, officer)) == {"For all", "For officers"}
    everything = {"For all", "For officers", "For the region"}
    assert set(similar(case, make_user("coordinator"))) == everything
    assert set(similar(case, make_user("curator"))) == everything


def test_the_engine_itself_answers_no_more_than_it_may(engine: Engine) -> None:
    fields = {"visibility": "region", "region": "europe", "own_topics": ["transit"]}
    write(engine, 1, version(), document(1, own_topics=["transit"]))
    write(engine, 2, version(), document(2, **fields), members_only=True)
    write(engine, 3, version(), document(3, own_topics=["transit"]), members_only=True)
    write(engine, 4, version(), document(4, own_topics=["transit"]))
    about = About("case-1", ("transit",), (), "pilot", "europe")

    def found(audience: Audience = Audience.MEMBERS, **more: Any) -> list[int]:
        request = Request(Criteria(), audience, timezone.localdate(), **more)
        return [hit.pk for hit in engine.similar(request, about)]

    assert found(Audience.PUBLIC) == [4]
    assert found(regions=("asia-pacific",)) == [4, 3]
    assert found(regions=("europe",)) == [4, 3, 2]
    assert found(regions=None, denied=("case-4",)) == [3, 2]


def test_what_was_withdrawn_is_not_similar_before_any_worker_runs(engine: Engine) -> None:
    case = make_case("One", topics=["transit"])
    other, third = make_case("Two", topics=["transit"]), make_case("Three", topics=["transit"])
    index_everything()
    other.unpublish()
    assert set(similar(case)) == {"Three"}
    CaseStudyPage.objects.filter(pk=third.pk).update(visibility="members")
    assert similar(case) == {}


def test_topic_that_was_taken_off_is_no_reason_any_more(engine: Engine) -> None:
    case = make_case("One", topics=["transit"])
    other = make_case("Two", topics=["transit"])
    index_everything()
    other.topic_items.all().delete()
    assert similar(case) == {}


def test_part_of_the_page_says_why(client: Client) -> None:
    case = make_case("One", topics=["transit"])
    other = make_case("<b>Two</b> & عبور", language="ar", topics=["transit"])
    index_everything()
    html = part_of(client, case)
    assert "Similar experiences" in html
    assert f"/en/europe/malta/{other.slug}/" in html
    assert "Same topic: Transit" in html
    assert "&lt;b&gt;Two&lt;/b&gt; &amp; عبور" in html
    assert 'lang="ar" dir="rtl"' in html
    assert "<html" not in html


def test_nothing_is_shown_where_nothing_is_similar(client: Client) -> None:
    case = make_case("One", topics=["transit"])
    index_everything()
    assert part_of(client, case).strip() == ""


@pytest.mark.parametrize("visibility", ["members", "region", "draft"])
def test_a_case_that_the_reader_may_not_read_has_no_part_and_is_in_none(
    client: Client, visibility: str
) -> None:
    open_case = make_case("Open", topics=["transit"])
    fields = {"live": False} if visibility == "draft" else {"visibility": visibility}
    hidden = make_case("Zanzibarite", topics=["transit"], **fields)
    index_everything()
    assert client.get(f"/en/search/similar/{hidden.number}/").status_code == 404
    assert "Zanzibarite" not in part_of(client, open_case)
    assert str(hidden.number) not in part_of(client, open_case)


@pytest.mark.parametrize("number", ["CS-2026-999999", "CS-1-2", "x", "%00", "CS-2026-99999٩"])
def test_no_number_breaks_anything(client: Client, number: str) -> None:
    assert client.get(f"/en/search/similar/{number}/").status_code == 404


def test_only_the_readers_own_browser_keeps_the_part(client: Client) -> None:
    case = make_case("One", topics=["transit"])
    address = f"/en/search/similar/{case.number}/"
    assert client.get(address)["Cache-Control"] == "private, max-age=60"
    client.force_login(make_user())
    assert "no-store" in client.get(address)["Cache-Control"]


def test_part_takes_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = make_case("One", topics=["transit", "integrity"])
    for number in range(30):
        make_case(f"Other {number}", topics=["transit", "integrity"])
    index_everything()
    part_of(client, case)
    with django_assert_max_num_queries(7):
        part_of(client, case)


def test_page_of_a_case_leads_to_similar_ones_with_and_without_a_script(client: Client) -> None:
    case = make_case("One", topics=["transit", "integrity"])
    html = client.get(f"/en/europe/malta/{case.slug}/").content.decode()
    found = re.search(r'data-fragment="([^"]+)".*?<a href="([^"]+)">Similar', html, re.DOTALL)
    assert found
    assert found.groups() == (f"/en/search/similar/{case.number}/", "/en/search/?topic=transit")
    assert client.get(found[1]).status_code == 200
