"""A word that nothing has: what is nearly so is shown, says so, and betrays nothing hidden."""

import pytest
from django.core.cache import cache
from django.test import Client

from portal.directory.models.memberships import Role
from search.engines.base import Engine
from search.engines.slips import slips_between
from search.models import SearchLogEntry
from tests.factories.cases import make_case, make_topic
from tests.factories.directory import make_administration, make_user
from tests.search.looking import index_everything, look, titles
from tests.search.test_page import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("seal", "seal", 0),
        ("seal", "seals", 1),
        ("seal", "sale", 2),
        ("seal", "sael", 1),
        ("tranzit", "transit", 1),
        ("", "abc", 3),
    ],
)
def test_slips_are_letters_left_out_added_wrong_or_changed_with_the_next(
    one: str, other: str, slips: int
) -> None:
    assert slips_between(one, other, most=3) == slips
    assert slips_between(other, one, most=3) == slips


@pytest.mark.parametrize(
    ("language", "title", "typed", "meant"),
    [
        ("en", "Electronic seals on the road", "electromic", "electronic"),
        ("en", "Electronic seals on the road", "the electornic", "the electronic"),
        ("fr", "Un guichet unique à Dakar", "guichte", "guichet"),
        ("es", "Ventanilla única en Lima", "ventanila", "ventanilla"),
        ("pt", "Operador económico certificado", "certifcado", "certificado"),
        ("ru", "Электронная пломба в пути", "плонба", "пломба"),
        ("ar", "الجمارك الرقمية", "الجماركك", "الجمارك"),
    ],
)
def test_what_is_nearly_so_is_found_and_named(
    engine: Engine, language: str, title: str, typed: str, meant: str
) -> None:
    make_case(title, language=language)
    make_case("Nothing of the kind")
    index_everything()
    found = look(typed, ui=language)
    assert titles(found) == [title]
    assert found.forgiven
    assert found.did_you_mean == meant


def test_only_the_wrong_word_is_changed_wherever_it_stands(engine: Engine) -> None:
    make_case("Transit under seal")
    index_everything()
    assert look("tranzit by tran").did_you_mean == "transit by tran"


def test_first_letters_find_where_no_word_is_like_them(engine: Engine) -> None:
    make_case("Valuation of cars")
    index_everything()
    found = look("valuat")
    assert titles(found) == ["Valuation of cars"]
    assert found.did_you_mean is None


def test_what_has_the_very_word_is_never_joined_by_what_is_nearly_so(engine: Engine) -> None:
    make_case("Transit by road")
    make_case("Tranzit by rail")
    index_everything()
    found = look("transit")
    assert titles(found) == ["Transit by road"]
    assert not found.forgiven


def test_what_only_a_filter_keeps_back_is_not_taken_for_a_mistake(engine: Engine) -> None:
    make_case("Transit by road", stage="operation")
    make_case("Transyt by rail", stage="pilot")
    index_everything()
    found = look("transit", filters={"stage": ("pilot",)})
    assert found.total == 0
    assert not found.forgiven


def test_hidden_words_are_never_meant(engine: Engine) -> None:
    kenya = make_administration("kenya", region="east-southern-africa")
    make_case("Zanzibarite seals", visibility="region", administration=kenya)
    make_case("Nothing of the kind")
    index_everything()
    assert (look("zanzibarote").total, look("zanzibarote").did_you_mean) == (0, None)
    officer = make_user(Role.CONTRIBUTOR, administration=kenya)
    assert look("zanzibarote", officer).did_you_mean == "zanzibarite"


@pytest.fixture
def _fresh_limits() -> None:
    cache.clear()


class TestOnThePage:
    @pytest.fixture(autouse=True)
    def library(self, engine: Engine) -> None:
        make_topic("transit")
        make_case("Transit by road", stage="pilot")
        make_case("Transit by rail", stage="operation")
        index_everything()

    def test_the_heading_tells_the_truth_and_the_notice_the_way(self, client: Client) -> None:
        html = page(client, "/en/search/?q=tranzit")
        assert "No experience found about <bdi>tranzit</bdi>" in html
        assert 'Did you mean <a href="/en/search/?q=transit"><bdi>transit</bdi></a>?' in html
        assert "2 results have words that are nearly the same" in html
        assert "<mark>Transit</mark> by road" in html

    def test_narrowing_counts_what_is_shown(self, client: Client) -> None:
        html = page(client, "/en/search/?q=tranzit&stage=pilot")
        assert "1 result has words that are nearly the same" in html
        assert "by rail" not in html

    @pytest.mark.usefixtures("_fresh_limits")
    def test_file_and_feed_hold_what_the_page_shows(self, client: Client) -> None:
        for address in ("/en/search/export.csv?q=tranzit", "/en/search/feed/?q=tranzit"):
            said = client.get(address).content.decode()
            assert "Transit by road" in said
            assert "Transit by rail" in said

    def test_api_says_that_it_forgave(self, client: Client) -> None:
        answer = client.get("/api/v1/search?q=tranzit").json()
        assert (answer["total"], answer["forgiven"], answer["did_you_mean"]) == (2, True, "transit")
        answer = client.get("/api/v1/search?q=transit").json()
        assert (answer["total"], answer["forgiven"], answer["did_you_mean"]) == (2, False, None)

    def test_the_log_counts_it_as_not_found(self, client: Client) -> None:
        client.get("/en/search/?q=tranzit")
        assert SearchLogEntry.objects.get().count == 0
