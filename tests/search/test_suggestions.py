"""Suggestions as one types: what comes first, in six languages, with a slip, and never too much."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from casestudies.models import CaseStudyPage
from portal.directory.models import User
from search.criteria import Audience, Criteria
from search.engines.base import Engine, Request
from search.suggestions import Suggestion, suggest
from tests.factories.cases import make_case, make_collection, make_topic, make_translation
from tests.factories.directory import make_administration, make_region, make_user
from tests.search.looking import document, index_everything, version, write

pytestmark = pytest.mark.django_db


def typed(text: str, language: str = "en", user: User | None = None) -> list[Suggestion]:
    """Gives all suggestions in their order."""
    groups = suggest(text, user or AnonymousUser(), language)
    return [item for group in groups for item in group.items]


def labels(text: str, language: str = "en", user: User | None = None) -> list[str]:
    """Gives what the suggestions are called."""
    return [item.label for item in typed(text, language, user)]


def groups_of(text: str, language: str = "en") -> list[str]:
    """Gives the names of the groups in their order."""
    return [group.name for group in suggest(text, AnonymousUser(), language)]


@pytest.mark.parametrize("text", ["", " ", "t", "é", "-", "?!", "\u202e", "  t  "])
def test_less_than_two_letters_suggest_nothing(engine: Engine, text: str) -> None:
    make_case("Transit by sea")
    make_topic("transit")
    index_everything()
    assert labels(text) == []


def test_two_letters_suggest_every_kind(engine: Engine) -> None:
    make_topic("transit")
    make_case("Transit by sea", administration=make_administration("malta"))
    make_collection("Travellers first", region=make_region("europe"))
    make_administration("trinidad", region="americas-caribbean")
    index_everything()
    found = typed("TR")
    assert {item.kind for item in found} == {"topic", "administration", "case", "collection"}
    assert {item.label: item.note for item in found} == {
        "Transit": "",
        "Trinidad": "",
        "Transit by sea": "Malta",
        "Travellers first": "Collection · Europe",
    }


def test_any_word_may_begin_as_typed_and_every_typed_word_must(engine: Engine) -> None:
    make_case("Faster transit at the border")
    make_case("Faster post")
    index_everything()
    assert labels("bord") == ["Faster transit at the border"]
    assert labels("bor fast") == ["Faster transit at the border"]
    assert labels("border pas") == []


def test_topics_and_places_come_first_when_they_begin_with_the_words(engine: Engine) -> None:
    make_topic("transit")
    make_case("Transit by sea")
    index_everything()
    assert groups_of("trans") == ["topics", "experiences"]


def test_experiences_come_first_when_only_they_begin_with_the_words(engine: Engine) -> None:
    make_topic("transit", name="Goods in transit")
    make_case("Transit by sea")
    index_everything()
    assert groups_of("trans") == ["experiences", "topics"]


def test_titles_that_begin_with_the_words_come_before_others(engine: Engine) -> None:
    make_case("Transit by sea")
    make_case("Seals in transit")
    index_everything()
    assert labels("trans") == ["Transit by sea", "Seals in transit"]


def test_at_most_eight_and_room_for_experiences(engine: Engine) -> None:
    for number in range(10):
        make_topic(f"transit-{number}")
        make_case(f"Transit case {number}")
    index_everything()
    kinds = [item.kind for item in typed("tran")]
    assert (kinds.count("topic"), kinds.count("case")) == (4, 4)


def test_names_fill_the_places_that_experiences_leave(engine: Engine) -> None:
    for number in range(10):
        make_topic(f"transit-{number}")
    index_everything()
    assert len(labels("tran")) == 8


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Déjà at the résumé desk", "deja"),
        ("fr", "Évaluation des échanges", "EVALU echan"),
        ("es", "Gestión de la niñez", "gestion nine"),
        ("pt", "Inspeção não intrusiva", "inspecao nao"),
        ("ru", "Отчёт о транзите товаров", "отчет транз"),
        ("ru", "Зелёный коридор", "зелен"),
        ("ru", "Новый район", "новый рай"),
        ("ar", "النافذة الواحدة للتجارة", "النافذه الواح"),
        ("ar", "إدارة المخاطر", "ادارة المخا"),
        ("ar", "الإفراج المسبق", "الإفْراج"),
    ],
)
def test_accents_capitals_and_vowel_signs_do_not_matter(
    engine: Engine, language: str, title: str, text: str
) -> None:
    make_case(title, language=language)
    make_case("Something else")
    index_everything()
    assert labels(text, language) == [title]
    assert [item.language for item in typed(text, language)] == [language]


@pytest.mark.parametrize(
    "text", ["clasification", "classifcation", "classificatoin", "clasif", "classofication"]
)
def test_one_slip_in_a_longer_word_is_forgiven(engine: Engine, text: str) -> None:
    make_case("Classification by machine")
    make_case("Something else")
    index_everything()
    assert labels(text) == ["Classification by machine"]


def test_slips_are_forgiven_in_names_too(engine: Engine) -> None:
    make_topic("single-window", name="Single Window", name_fr="Guichet unique")
    make_administration("mauritius", region="east-southern-africa")
    index_everything()
    assert labels("singel") == ["Single Window"]
    assert labels("guicht uniq", "fr") == ["Guichet unique"]
    assert labels("mauritus") == ["Mauritius"]


def test_short_words_are_taken_as_they_are(engine: Engine) -> None:
    make_topic("risk")
    make_case("Risk and reward")
    index_everything()
    assert labels("rusk") == []


def test_what_is_right_leaves_no_place_to_slips(engine: Engine) -> None:
    make_case("Trade lanes")
    make_topic("trade-fairs")
    make_case("Trace elements")
    make_topic("trace-gases")
    index_everything()
    assert set(labels("trade")) == {"Trade lanes", "Trade fairs"}
    assert set(labels("traxe")) == {"Trade lanes", "Trace elements", "Trade fairs", "Trace gases"}


def test_the_engine_puts_what_is_right_before_slips(engine: Engine) -> None:
    write(engine, 1, version(), document(1, "Trade lanes"))
    write(engine, 2, version(), document(2, "Trace elements"))
    request = Request(Criteria(text="trade"), Audience.PUBLIC, timezone.localdate())
    assert [hit.pk for hit in engine.suggest(request)] == [1, 2]


def test_topic_is_found_by_its_synonym_and_in_other_languages(engine: Engine) -> None:
    make_topic(
        "aeo", name="Authorized operators", name_fr="Opérateurs agréés", synonyms="AEO|OEA|УЭО"
    )
    make_case("AEO in ten steps")
    index_everything()
    assert groups_of("aeo") == ["topics", "experiences"]
    (topic,) = typed("уэо")
    assert (topic.label, topic.note) == ("Authorized operators", "УЭО")
    (topic,) = typed("operateurs ag")
    assert (topic.label, topic.note) == ("Authorized operators", "Opérateurs agréés")
    assert typed("operateurs ag", "fr")[0].note == ""


def test_names_and_addresses_are_in_the_language_of_the_interface(engine: Engine) -> None:
    make_topic("transit", name_ar="العبور")
    index_everything()
    (topic,) = typed("العب", "ar")
    assert (topic.label, topic.language) == ("العبور", "ar")
    assert typed("trans")[0].url == "/en/search/?topic=transit"


def test_region_and_member_lead_to_a_search_in_them(engine: Engine) -> None:
    make_administration("malta")
    make_region("west-central-africa")
    index_everything()
    assert [item.url for item in typed("malt")] == ["/en/search/?administration=malta"]
    assert [item.url for item in typed("afri")] == ["/en/search/?region=west-central-africa"]


def test_title_is_shown_in_the_language_in_which_it_fits(engine: Engine) -> None:
    case = make_case("Guichet unique", language="fr")
    make_translation(case, "en", title="One desk for traders")
    make_translation(case, "es", checked=False, title="Borrador secreto")
    index_everything()
    assert labels("desk") == ["One desk for traders"]
    assert labels("guich") == ["Guichet unique"]
    assert labels("guich", "pt") == ["Guichet unique"]
    assert labels("borra") == []


def test_only_what_the_reader_may_read_is_suggested(engine: Engine) -> None:
    make_case("Transit for all")
    make_case("Transit for officers", visibility="members")
    make_case("Transit for the region", visibility="region")
    make_case("Transit in draft", live=False)
    index_everything()
    elsewhere = make_administration("kenya", region="east-southern-africa")
    officer = make_user("contributor", administration=elsewhere)
    assert labels("trans") == ["Transit for all"]
    assert set(labels("trans", user=officer)) == {"Transit for all", "Transit for officers"}
    everything = {"Transit for all", "Transit for officers", "Transit for the region"}
    assert set(labels("trans", user=make_user("coordinator"))) == everything
    assert set(labels("trans", user=make_user("curator"))) == everything


def test_the_engine_itself_answers_no_more_than_it_may(engine: Engine) -> None:
    fields = {"visibility": "region", "region": "europe"}
    write(engine, 1, version(), document(1, "Transit for the region", **fields), members_only=True)
    write(engine, 2, version(), document(2, "Transit for officers"), members_only=True)
    write(engine, 3, version(), document(3, "Transit for all"))
    write(engine, 4, version(), document(4, "Transit withdrawn"))
    write(engine, 4, version(), None)

    def found(audience: Audience = Audience.MEMBERS, **more: Any) -> list[int]:
        request = Request(Criteria(text="trans"), audience, timezone.localdate(), **more)
        return [hit.pk for hit in engine.suggest(request)]

    assert found(Audience.PUBLIC) == [3]
    assert found(regions=("asia-pacific",)) == [3, 2]
    assert found(regions=("europe",)) == [3, 2, 1]
    assert found(regions=None) == [3, 2, 1]
    assert found(regions=None, denied=("case-2",)) == [3, 1]


def test_what_the_database_hides_is_not_suggested_though_the_index_has_it(engine: Engine) -> None:
    case = make_case("Once public")
    index_everything()
    assert labels("once") == ["Once public"]
    CaseStudyPage.objects.filter(pk=case.pk).update(visibility="members")
    assert labels("once") == []


def test_withdrawn_case_is_not_suggested_before_any_worker_runs(engine: Engine) -> None:
    case = make_case("Once public")
    index_everything()
    case.unpublish()
    assert labels("once") == []


def test_title_that_was_taken_out_is_not_shown_before_any_worker_runs(engine: Engine) -> None:
    case = make_case("Named the informant")
    index_everything()
    case.title = "Named nobody"
    case.save_revision().publish(skip_permission_checks=True)
    assert labels("named") == ["Named nobody"]


def ask(client: Client, text: str, language: str = "en") -> dict[str, Any]:
    """Gives the answer as a script gets it."""
    answer = client.get(f"/{language}/search/suggest/", {"q": text})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def test_answer_has_groups_with_labels_and_says_how_many(client: Client) -> None:
    make_topic("transit")
    case = make_case("عبور البضائع transit", language="ar")
    index_everything()
    answer = ask(client, "trans")
    assert answer["said"] == "2 suggestions"
    assert [group["label"] for group in answer["groups"]] == ["Topics", "Experiences"]
    (item,) = answer["groups"][1]["items"]
    assert item == {
        "kind": "case",
        "label": "عبور البضائع transit",
        "lang": "ar",
        "dir": "rtl",
        "note": "Malta",
        "url": f"/en/europe/malta/{case.slug}/",
    }
    assert ask(client, "nothing at all") == {"said": "No suggestions", "groups": []}


def test_only_the_readers_own_browser_keeps_an_answer(client: Client) -> None:
    answer = client.get("/en/search/suggest/?q=tr")
    assert answer["Cache-Control"] == "private, max-age=60"
    client.force_login(make_user())
    assert "no-store" in client.get("/en/search/suggest/?q=tr")["Cache-Control"]


def test_too_many_questions_are_turned_away(client: Client, settings: Settings) -> None:
    settings.SUGGEST_RATE = "2/min"
    cache.clear()
    codes = [client.get("/en/search/suggest/?q=tr").status_code for _turn in range(3)]
    assert codes == [200, 200, 429]
    assert client.get("/en/search/suggest/?q=tr")["Retry-After"]


@pytest.mark.parametrize("cases", [3, 40])
def test_suggestions_take_few_statements_and_one_question_to_the_engine(
    client: Client,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    cases: int,
) -> None:
    for number in range(cases):
        make_case(f"Transit number {number}", topics=["transit"])
    make_collection("Transit collected")
    index_everything()
    ask(client, "trans")
    asked: list[str] = []
    real = engine.suggest
    monkeypatch.setattr(
        engine, "suggest", lambda request: asked.append(request.criteria.text) or real(request)
    )
    with django_assert_max_num_queries(5):
        assert ask(client, "trans")["groups"]
    assert asked == ["trans"]
