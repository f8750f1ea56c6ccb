"""Searches that a person follows: saved once, listed with true counts, their owner's alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import Settings

from search.criteria import Criteria, Sort, View
from search.following import services
from search.following.services import forget_search, save_search
from search.models import SavedSearch
from tests.factories.cases import make_case
from tests.factories.directory import make_administration, make_user
from tests.search.looking import index_everything
from tests.support.visitor import Visitor

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/searches/"


class TestSaving:
    def test_a_search_is_what_is_looked_for_however_it_is_shown(self) -> None:
        reader = make_user()
        asked = Criteria(text="single window", filters={"stage": ("pilot",)}, year_from=2020)
        first = save_search(user=reader, criteria=asked)
        assert first.query == "q=single+window&stage=pilot&year_from=2020"
        assert first.name == "“single window” · Pilot · From 2020"
        assert first.language == "en"
        shown = Criteria(
            text="single window",
            filters={"stage": ("pilot",)},
            year_from=2020,
            sort=Sort.NEWEST,
            view=View.MAP,
            page=3,
        )
        assert save_search(user=reader, criteria=shown) == first
        assert SavedSearch.objects.count() == 1

    def test_everything_can_be_followed_too(self) -> None:
        saved = save_search(user=make_user(), criteria=Criteria())
        assert (saved.query, saved.name) == ("", "All experiences")

    def test_nobody_follows_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "MOST", 2)
        reader = make_user()
        for text in ("one", "two"):
            save_search(user=reader, criteria=Criteria(text=text))
        with pytest.raises(ValidationError, match="2 searches already"):
            save_search(user=reader, criteria=Criteria(text="three"))
        assert save_search(user=reader, criteria=Criteria(text="two"))
        assert save_search(user=make_user(), criteria=Criteria(text="three"))

    def test_the_limit_is_fifty(self) -> None:
        assert services.MOST == 50

    def test_a_search_of_any_length_is_kept_or_refused_and_never_cut(self) -> None:
        reader = make_user()
        long = Criteria(text="نافذة " * 31)
        assert save_search(user=reader, criteria=long).query.startswith("q=%D9%86")
        places = tuple(f"place-{number}" for number in range(300))
        with pytest.raises(ValidationError):
            save_search(user=reader, criteria=Criteria(filters={"administration": places}))

    def test_only_the_owner_forgets(self) -> None:
        reader = make_user()
        saved = save_search(user=reader, criteria=Criteria(text="transit"))
        for other in (make_user(), make_user("curator"), make_user("superuser")):
            with pytest.raises(PermissionDenied):
                forget_search(user=other, saved=saved)
        forget_search(user=reader, saved=saved)
        assert not SavedSearch.objects.exists()


class TestPages:
    def test_one_follows_a_search_and_stays_where_one_is(self) -> None:
        make_case("Transit")
        index_everything()
        visitor = Visitor(make_user()).open("/en/search/?q=transit&sort=newest&view=table")
        visitor.press("Follow this search")
        assert visitor.address == "/en/search/?q=transit&sort=newest&view=table"
        assert "You follow this search." in visitor.text
        assert visitor.links()["the searches you follow"] == LIST

    def test_a_search_that_finds_nothing_yet_can_be_followed(self) -> None:
        visitor = Visitor(make_user()).open("/en/search/?q=zzxqy").press("Follow this search")
        assert "You follow this search." in visitor.text

    def test_whoever_has_not_signed_in_is_led_there_and_back(self, client: Client) -> None:
        address = Visitor().open("/en/search/?q=transit").links()["Sign in to follow this search"]
        assert address == "/en/accounts/login/?next=%2Fen%2Fsearch%2F%3Fq%3Dtransit"
        for way in (LIST, f"{LIST}1/forget/"):
            assert client.post(way).status_code == 302
        assert not SavedSearch.objects.exists()

    def test_the_list_has_the_count_of_today_for_its_reader(self) -> None:
        make_case("Transit")
        make_case("Transit for officers", visibility="members")
        index_everything()
        counts = {}
        officer = make_user("contributor", administration=make_administration("malta"))
        for reader in (make_user(), officer):
            save_search(user=reader, criteria=Criteria(text="transit"))
            save_search(user=reader, criteria=Criteria(text="zzxqy"))
            counts[reader] = Visitor(reader).open(LIST).text
        plain, for_officer = counts.values()
        assert "“transit” 1 result now" in plain
        assert "“transit” 2 results now" in for_officer
        assert "“zzxqy” 0 results now" in plain

    def test_a_count_that_is_not_known_is_not_made_up(self, settings: Settings) -> None:
        reader = make_user()
        save_search(user=reader, criteria=Criteria(text="transit"))
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
        assert "is not known just now" in Visitor(reader).open(LIST).text

    def test_a_value_that_has_gone_is_said(self) -> None:
        reader = make_user()
        save_search(user=reader, criteria=Criteria(filters={"topic": ("gone",)}))
        assert "does not exist any more" in Visitor(reader).open(LIST).text

    def test_one_sees_and_drops_only_ones_own(self) -> None:
        reader, other = make_user(), make_user()
        theirs = save_search(user=other, criteria=Criteria(text="theirs"))
        save_search(user=reader, criteria=Criteria(text="mine"))
        visitor = Visitor(reader).open(LIST)
        assert "theirs" not in visitor.text
        assert visitor.client.post(f"{LIST}{theirs.pk}/forget/").status_code == 404
        visitor.press("Do not follow: “mine”")
        assert "You do not follow a search yet" in visitor.text
        assert list(SavedSearch.objects.all()) == [theirs]

    def test_names_are_never_markup(self) -> None:
        reader = make_user()
        save_search(user=reader, criteria=Criteria(text="<script>alert(1)</script>"))
        html = Visitor(reader).client.get(LIST).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html

    @pytest.mark.parametrize(
        "query", ["%ff", "a=" * 9000, "page=999&sort=x", "q=%00", "&&==", "x" * 5000]
    )
    def test_any_query_is_answered(self, query: str) -> None:
        client = Visitor(make_user()).client
        assert client.post(LIST, {"query": query}).status_code in {302, 400}

    def test_many_are_counted_with_few_statements(
        self, django_assert_max_num_queries: object
    ) -> None:
        reader = make_user()
        for number in range(20):
            save_search(user=reader, criteria=Criteria(text=f"word {number}"))
        visitor = Visitor(reader).open(LIST)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            visitor.open(LIST)
