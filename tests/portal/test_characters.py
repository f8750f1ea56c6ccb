"""Characters are counted as a person counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.characters import count_characters


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (None, 0),
        ("", 0),
        ("Customs", 7),
        ("é", 1),
        ("e\u0301", 1),
        ("مُحَمَّد", 4),
        ("й", 1),
        ("и\u0306", 1),
        ("👩‍👩‍👧", 1),
        ("👍🏽", 1),
        ("🇲🇹🇫🇷", 2),
        ("🇲🇹🇫", 2),
        ("❤️", 1),
        ("한국", 2),
        ("\u1112\u1161\u11ab", 1),
        ("one\r\ntwo", 7),
        ("one\n\ntwo", 8),
    ],
)
def test_a_sign_with_its_marks_is_one_character(text: str | None, count: int):
    assert count_characters(text) == count


@given(st.text())
def test_never_more_than_code_points(text: str):
    assert 0 <= count_characters(text) <= len(text)
    assert (count_characters(text) == 0) == (text == "")
