"""The years of what was found: true counts, bars from zero, the same figures as links."""

import re

import pytest
from django.test import Client

from search.criteria import Criteria
from search.worker import drain
from search.years import HEIGHT, spread_of
from tests.factories.cases import make_case
from tests.search.test_page import links, page

pytestmark = pytest.mark.django_db


def test_every_year_from_the_first_to_the_last_has_its_bar() -> None:
    spread = spread_of({2018: 2, 2021: 5, 2022: 5}, Criteria())
    assert spread
    assert [(bar.label, bar.count) for bar in spread.bars] == [
        ("2018", 2),
        ("2019", 0),
        ("2020", 0),
        ("2021", 5),
        ("2022", 5),
    ]
    assert spread.highest.label == "2022"


def test_bars_stand_on_zero_and_are_as_high_as_their_share() -> None:
    spread = spread_of({2020: 2, 2021: 8, 2022: 4000}, Criteria())
    assert spread
    assert re.findall(r"M\d+ (\d+)v-(\d+)", spread.chosen) == [
        (str(HEIGHT), "1"),
        (str(HEIGHT), "1"),
        (str(HEIGHT), str(HEIGHT)),
    ]
    assert spread.others == ""


def test_a_chosen_range_is_shown_against_the_whole() -> None:
    spread = spread_of({2018: 1, 2020: 1, 2022: 1}, Criteria(year_from=2019, year_to=2021))
    assert spread
    assert [bar.label for bar in spread.bars if bar.chosen] == ["2019", "2020", "2021"]
    assert spread.chosen.count("M") == 1
    assert spread.others.count("M") == 2


def test_many_years_share_bars_and_no_result_is_lost() -> None:
    years = {year: year % 3 for year in range(1961, 2026)}
    spread = spread_of(years, Criteria())
    assert spread
    assert len(spread.bars) <= 24
    assert spread.bars[0].label == "1960–1964"
    assert sum(bar.count for bar in spread.bars) == sum(years.values())


@pytest.mark.parametrize("years", [{}, {2020: 4}, {2020: 4, 2021: 0}])
def test_nothing_is_drawn_where_there_is_nothing_to_compare(years: dict[int, int]) -> None:
    assert spread_of(years, Criteria()) is None


@pytest.fixture
def three_years() -> None:
    """Transit in three years, and something else in a fourth."""
    for year in (2018, 2020, 2020, 2022):
        make_case("Transit", year=year)
    make_case("Transit without a year", year=None)
    make_case("Origin", year=2001)
    drain()


@pytest.mark.usefixtures("three_years")
def test_the_page_draws_them_with_words_and_links(client: Client) -> None:
    html = page(client, "/en/search/?q=transit&stage=operation&year_from=2019&page=1")
    assert "From 2018 to 2022; most in 2020: 2." in html
    assert "/en/search/?q=transit&stage=operation&year_from=2018&year_to=2018" in links(html)
    assert "/en/search/?q=transit&stage=operation&year_from=2020&year_to=2020" in links(html)
    assert "2001" not in html


@pytest.mark.usefixtures("three_years")
def test_programs_get_the_same_counts(client: Client) -> None:
    answer = client.get("/api/v1/search?q=transit&year_from=2019").json()
    assert answer["total"] == 3
    assert answer["years"] == {"2018": 1, "2020": 2, "2022": 1}
