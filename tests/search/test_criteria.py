"""What readers type and choose, made safe before any engine sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.criteria import Criteria, Sort, normalise_text
from search.engines.base import Engine
from search.reading import read_criteria
from tests.factories.directory import make_region
from tests.search.looking import ask


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  single \t window\n", "single window"),
        ("single\x00window", "single window"),
        ("\u202egnitide\u202c \u200fword\u2066", "gnitide word"),
        ("x " * 400, " ".join(["x"] * 32)),
        ("y" * 10_000, "y" * 256),
        ("   ", ""),
        ("e\u0301lan", "élan"),
        ("نافذة 😀", "نافذة 😀"),
    ],
)
def test_text_is_cleaned_and_capped(raw: str, text: str) -> None:
    assert normalise_text(raw) == text


@given(st.text(max_size=400))
def test_cleaning_is_within_its_limits_and_changes_nothing_twice(raw: str) -> None:
    text = normalise_text(raw)
    assert len(text) <= 256
    assert len(text.split()) <= 32
    assert normalise_text(text) == text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["x " * 400, "\x00", "y" * 10_000, "'\"`;--", "\u200f", "a" * 90 + " b", "👩‍👩‍👧"]
)
def test_every_engine_answers_whatever_was_typed(engine: Engine, text: str) -> None:
    assert ask(engine, normalise_text(text)).total == 0


@pytest.mark.django_db
def test_known_values_are_chosen_and_unknown_ones_are_named() -> None:
    make_region("europe")
    make_region("asia-pacific")
    reading = read_criteria(
        {"region": ["europe", "asia-pacific", "atlantis", ""], "stage": ["pilot"], "q": ["x", "y"]},
        ui="fr",
    )
    assert reading.criteria.filters == {"region": ("europe", "asia-pacific"), "stage": ("pilot",)}
    assert reading.ignored == (("region", "atlantis"),)
    assert reading.errors == ()
    assert (reading.criteria.text, reading.criteria.ui) == ("y", "fr")


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "abc", "1.5", "٣", "９", "1" * 5000])
def test_impossible_page_is_named_as_wrong(page: str) -> None:
    reading = read_criteria({"page": [page]}, ui="en")
    assert [field for field, _reason in reading.errors] == ["page"]
    assert reading.criteria.page == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", "0"),
        ("size", "101"),
        ("year_from", "soon"),
        ("year_to", "99999"),
        ("measured", "perhaps"),
        ("failures", "2"),
        ("sort", "best"),
    ],
)
def test_parameter_of_the_wrong_form_is_named(name: str, value: str) -> None:
    reading = read_criteria({name: [value]}, ui="en")
    assert [field for field, _reason in reading.errors] == [name]


def test_parameters_of_the_right_form_are_read() -> None:
    reading = read_criteria(
        {
            "size": ["50"],
            "page": ["3"],
            "year_from": ["2019"],
            "year_to": ["2023"],
            "measured": ["1"],
            "failures": ["on"],
            "sort": ["updated"],
        },
        ui="ar",
    )
    assert reading.errors == ()
    assert reading.criteria == Criteria(
        size=50,
        page=3,
        year_from=2019,
        year_to=2023,
        measured=True,
        failures=True,
        sort=Sort.UPDATED,
        ui="ar",
        without_archive=True,
    )
