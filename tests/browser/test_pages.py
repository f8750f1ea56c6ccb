"""On every page, in English and in Arabic: nothing that keeps anybody out, nothing that leaks."""

import pytest

from tests.browser.looking import Look, Looks
from tests.browser.pages import PLACES


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """One language written from the left, one from the right."""
    return str(request.param)


@pytest.fixture(params=PLACES, ids=str)
def look(request: pytest.FixtureRequest, language: str, looks: Looks) -> Look:
    """What was seen on the page."""
    return looks.at(request.param, language)


def test_axe_finds_nothing(look):
    assert look.axe == []


def test_colours_are_told_apart_in_the_dark(look):
    assert look.axe_in_the_dark == []


def test_nothing_scrolls_sideways(look):
    assert look.over_the_edge == {"double text": [], "narrow": []}


def test_targets_are_large_enough(look):
    assert look.small_targets == []


def test_nothing_leaves_the_portal_and_the_browser_complains_of_nothing(look):
    assert look.strangers == []
    assert look.complaints == []
