"""What comes first, on both engines: where a word stands, how many there are, and how near."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from search.criteria import Criteria
from search.engines import get_engine
from search.engines.base import Engine
from search.schema import text_field
from tests.search.looking import ask, document, version, write
from tests.support.indices import make_index, own_prefix, use_elasticsearch

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def new_engine(engine: Engine, settings: Settings) -> Iterator[Engine]:
    """Gives an engine that never held anything: what is removed still counts as frequent words."""
    if engine.name != "elasticsearch":
        yield engine
        return
    with own_prefix(settings.ELASTICSEARCH_URLS[0]) as prefix:
        use_elasticsearch(settings, settings.ELASTICSEARCH_URLS[0], prefix)
        make_index(get_engine())
        yield get_engine()


def put(engine: Engine, pk: int, language: str = "en", **parts: str) -> None:
    """Writes a text into the fields of its language and the neutral ones."""
    parts = {"title": "A case", "summary": "Of some kind"} | parts
    texts: dict[str, Any] = {text_field(part): [text] for part, text in parts.items()}
    texts |= {text_field(part, language): text for part, text in parts.items()}
    bare = document(pk, language=language)
    bare.pop("title_en")
    write(engine, pk, version(), bare | texts)


def fill_up(engine: Engine, count: int = 40) -> None:
    """Writes cases of other things, so that a word of one text is rare."""
    for pk in range(1000, 1000 + count):
        put(engine, pk, body="Nothing that anybody here looks for, of the usual length")


def order(engine: Engine, text: str, *, ui: str = "en") -> list[int]:
    return [hit.pk for hit in ask(engine, criteria=Criteria(text=text, ui=ui)).hits]


def test_title_beats_summary_and_summary_beats_body(engine: Engine) -> None:
    put(engine, 1, body="It is about transit too")
    put(engine, 2, summary="It is about transit too")
    put(engine, 3, title="It is about transit too")
    fill_up(engine)
    assert order(engine, "transit") == [3, 2, 1]


def test_text_with_all_words_beats_one_with_some_in_its_title(engine: Engine) -> None:
    put(engine, 1, body="A scanner looks through the cargo")
    put(engine, 2, title="Scanner", summary="A scanner", body="Scanner and again scanner")
    fill_up(engine)
    assert order(engine, "scanner cargo") == [1, 2]


def test_text_with_more_of_the_words_beats_one_with_fewer(engine: Engine) -> None:
    put(engine, 1, summary="A scanner looks through the cargo")
    put(engine, 2, summary="A scanner and again a scanner")
    fill_up(engine)
    assert order(engine, "scanner cargo dogs") == [1, 2]


def test_words_together_beat_words_apart(engine: Engine) -> None:
    put(engine, 1, summary="Seals of lead, and records that are wholly electronic")
    put(engine, 2, summary="Records of lead, and electronic seals that are whole")
    put(engine, 3, summary="Seals of lead, and records that are wholly electronic")
    fill_up(engine)
    assert order(engine, "electronic seals")[0] == 2


@pytest.mark.parametrize(("ui", "first"), [("en", 1), ("fr", 2), ("es", 3)])
def test_readers_own_language_is_first_among_equals(
    new_engine: Engine, ui: str, first: int
) -> None:
    for pk, language in enumerate(("en", "fr", "es"), start=1):
        put(new_engine, pk, language, title="Forum digital")
    assert order(new_engine, "forum", ui=ui)[0] == first


def test_a_word_that_is_nearly_right_comes_after_one_that_is(engine: Engine) -> None:
    put(engine, 1, title="A scanner for trains", body="It looks through the cargo")
    put(engine, 2, title="A scanner for cango", summary="Of cango", body="It looks through trains")
    fill_up(engine)
    assert order(engine, "scanner cargo xylophone") == [1, 2]


def test_a_word_that_is_nearly_right_decides_among_others(new_engine: Engine) -> None:
    put(new_engine, 1, title="Seals of lead")
    put(new_engine, 2, title="Electronic seals for transit under way")
    put(new_engine, 3, title="Seals of wax")
    assert order(new_engine, "electromic seals")[0] == 2


def test_words_alike_are_no_results_where_the_word_itself_is_found(engine: Engine) -> None:
    put(engine, 1, title="Transit by road")
    put(engine, 2, title="Tranzit by rail")
    put(engine, 3, title="Transits and transitions")
    assert set(order(engine, "transit")) == {1, 3}


def test_first_letters_of_the_last_word_decide_among_others(engine: Engine) -> None:
    for pk in (1, 2, 3):
        put(engine, pk, title="A single form")
    put(engine, 2, title="A single window")
    assert order(engine, "single wind")[0] == 2


@pytest.mark.parametrize(
    "words", ["the", "of the", "de la", "les", "para", "это", "من", "que é"], ids=str
)
def test_words_that_say_nothing_still_find(engine: Engine, words: str) -> None:
    for pk, (language, title) in enumerate(
        (
            ("en", "The end of the road"),
            ("fr", "Les bords de la mer"),
            ("es", "Para todos"),
            ("ru", "Это порт"),
            ("ar", "من الميناء"),
            ("pt", "O que é novo"),
        ),
        start=1,
    ):
        put(engine, pk, language, title=title)
    assert order(engine, words)
