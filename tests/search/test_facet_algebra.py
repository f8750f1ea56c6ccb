"""Every facet count equals a plain recount: OR inside, AND between, its own choice aside."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from search.criteria import Criteria
from search.engines import get_breaker
from search.engines.base import Engine
from search.reading import read_criteria
from search.results import Results
from search.service import find
from tests.factories.cases import make_case, make_collection, make_term, make_topic
from tests.factories.directory import make_administration
from tests.search.looking import index_everything, look, titles

pytestmark = pytest.mark.django_db

PLACES = {
    "malta": "europe",
    "france": "europe",
    "kenya": "east-southern-africa",
    "japan": "asia-pacific",
}
TOPICS = ("single-window", "transit", "origin", "drones")
BLOCKS = ("integrity", "capacity-building", "risk-management")
STAGES = ("pilot", "operation", "scaled")
COSTS = ("", "lt-50k", "gt-5m")
Row = dict[str, Any]


def _rows(seed: int, today: date) -> list[Row]:
    dice = random.Random(seed)
    return [
        {
            "kind": {"case"},
            "administration": {place := dice.choice(list(PLACES))},
            "region": {PLACES[place]},
            "topic": set(dice.sample(TOPICS, dice.randint(1, 3))),
            "building_block": set(dice.sample(BLOCKS, dice.randint(0, 2))),
            "stage": {dice.choice(STAGES)},
            "language": {dice.choice(("en", "fr"))},
            "cost": {cost} if (cost := dice.choice(COSTS)) else set(),
            "freshness": {dice.choice(("current", "due", "outdated"))},
            "year": dice.choice((None, 2015, 2019, 2023)),
            "measured": dice.random() < 0.5,
            "failures": dice.random() < 0.5,
            "word": dice.choice(("alpha", "beta")),
        }
        for _number in range(30)
    ]


def _make(row: Row, today: date) -> None:
    review_by = {"current": 300, "due": 30, "outdated": -91}[next(iter(row["freshness"]))]
    place = next(iter(row["administration"]))
    make_case(
        f"About {row['word']}",
        administration=make_administration(place, region=PLACES[place]),
        topics=sorted(row["topic"]),
        terms=[make_term("building_block", slug) for slug in row["building_block"]],
        stage=next(iter(row["stage"])),
        language=next(iter(row["language"])),
        cost=next(iter(row["cost"]), ""),
        year=row["year"],
        review_by=today + timedelta(days=review_by),
        challenges="It failed at first." if row["failures"] else "",
        results=[{"indicator": "Hours", "before": "4", "after": "2,5"}] if row["measured"] else [],
    )


def _fits(row: Row, criteria: Criteria, *, without: str = "") -> bool:
    low, high = (None, None) if without == "year" else (criteria.year_from, criteria.year_to)
    return (
        (not criteria.text or row["word"] == criteria.text)
        and (low is None or (row["year"] or 0) >= low)
        and (high is None or (row["year"] or 9999) <= high)
        and (not criteria.measured or row["measured"])
        and (not criteria.failures or row["failures"])
        and (not _leaves_out(row, criteria) or without == "freshness")
        and all(
            row[name] & set(chosen) for name, chosen in criteria.filters.items() if name != without
        )
    )


def _leaves_out(row: Row, criteria: Criteria) -> bool:
    asked = "freshness" in criteria.filters
    return criteria.without_archive and not asked and row["freshness"] == {"outdated"}


def _recount(rows: list[Row], criteria: Criteria, facet: str) -> dict[str, int]:
    counted = [row for row in rows if _fits(row, criteria, without=facet)]
    return dict(Counter(value for row in counted for value in row[facet]))


CASES = [
    Criteria(),
    Criteria(text="alpha"),
    Criteria(filters={"region": ("europe",)}),
    Criteria(filters={"region": ("europe", "asia-pacific"), "topic": ("transit", "drones")}),
    Criteria(text="beta", filters={"stage": ("pilot",), "language": ("fr",), "cost": ("gt-5m",)}),
    Criteria(filters={"freshness": ("due", "outdated"), "topic": ("origin",)}),
    Criteria(filters={"freshness": ("current",)}),
    Criteria(filters={"freshness": ("due",)}),
    Criteria(filters={"freshness": ("outdated",)}),
    Criteria(filters={"building_block": ("integrity",)}, measured=True),
    Criteria(without_archive=True),
    Criteria(text="alpha", filters={"stage": ("pilot",)}, without_archive=True),
    Criteria(filters={"freshness": ("outdated",)}, without_archive=True),
    Criteria(failures=True, year_from=2016, year_to=2019),
    Criteria(text="alpha", filters={"region": ("europe",)}, year_from=2019),
    Criteria(filters={"stage": ("pilot", "scaled")}, year_to=2018),
    Criteria(filters={"administration": ("malta",), "region": ("asia-pacific",)}),
]
COUNTED = (
    "kind",
    "region",
    "administration",
    "topic",
    "building_block",
    "stage",
    "language",
    "cost",
    "freshness",
)


def _recount_years(rows: list[Row], criteria: Criteria) -> dict[int, int]:
    counted = [row["year"] for row in rows if _fits(row, criteria, without="year")]
    return dict(Counter(year for year in counted if year is not None))


def _check(found: Results, rows: list[Row], criteria: Criteria) -> None:
    assert found.total == sum(_fits(row, criteria) for row in rows)
    for facet in COUNTED:
        shown = {item.value: item.count for item in found.facets[facet]}
        expected = _recount(rows, criteria, facet)
        assert {value: count for value, count in shown.items() if count} == expected, facet
        chosen = {item.value for item in found.facets[facet] if item.selected}
        assert chosen == set(criteria.chosen(facet))
    assert found.years == _recount_years(rows, criteria)
    assert list(found.years) == sorted(found.years)


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_of_every_facet_equal_a_plain_recount(engine: Engine, seed: int) -> None:
    today = timezone.localdate()
    rows = _rows(seed, today)
    for row in rows:
        _make(row, today)
    index_everything()
    for criteria in CASES:
        found = look(criteria.text, **_fields(criteria))
        assert found.engine == engine.name
        _check(found, rows, criteria)


def test_listing_counts_the_same() -> None:
    today = timezone.localdate()
    rows = _rows(3, today)
    for row in rows:
        _make(row, today)
    for criteria in CASES:
        found = look(criteria.text, **_fields(criteria))
        assert found.degraded
        _check(found, rows, criteria)
        get_breaker().succeeded()


def _fields(criteria: Criteria) -> dict[str, Any]:
    names = ("filters", "year_from", "year_to", "measured", "failures", "without_archive")
    return {name: getattr(criteria, name) for name in names}


def test_the_archive_is_left_out_by_itself_and_collections_stay(engine: Engine) -> None:
    long_ago = timezone.localdate() - timedelta(days=91)
    make_case("In the archive", review_by=long_ago)
    make_case("In use", review_by=long_ago + timedelta(days=1))
    make_collection("A collection")
    index_everything()
    asked = read_criteria({}, ui="en").criteria
    assert set(titles(find(asked, AnonymousUser()))) == {"In use", "A collection"}
    asked = read_criteria({"freshness": ["outdated"]}, ui="en").criteria
    assert titles(find(asked, AnonymousUser())) == ["In the archive"]


def test_chosen_value_is_shown_even_where_nothing_is_left_of_it(engine: Engine) -> None:
    make_case("In Malta", stage="pilot")
    index_everything()
    found = look(filters={"stage": ("scaled",), "language": ("en",)})
    assert [(v.value, v.count, v.selected) for v in found.facets["stage"]] == [
        ("pilot", 1, False),
        ("scaled", 0, True),
    ]


def test_group_of_topics_finds_what_stands_in_it(engine: Engine) -> None:
    make_topic("transit", parent="facilitation")
    make_case("About transit", topics=["transit"])
    make_case("About nothing")
    index_everything()
    found = look(filters={"topic": ("facilitation",)})
    assert [hit.title for hit in found.hits] == ["About transit"]
    assert {v.value: (v.count, v.parent) for v in found.facets["topic"]} == {
        "facilitation": (1, ""),
        "transit": (1, "facilitation"),
    }
    assert [v.value for v in look().facets["topic"]] == ["transit"]
