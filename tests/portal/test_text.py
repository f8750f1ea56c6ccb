"""Texts are cleaned and counted as a person sees them."""

import pytest

from portal.core.text import clean_text, count_characters


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        ("Customs", 7),
        ("e\u0301te\u0301", 3),
        ("مُحَمَّد", 4),
        ("лёд", 3),
        ("👩‍👩‍👧", 1),
        ("👍🏽", 1),
        ("🇲🇹🇫🇷", 2),
        ("🇲🇹🇫", 2),
        ("❤️", 1),
        ("a\r\nb", 3),
        ("می\u200cخواهم", 7),
        ("й", 1),
        ("и\u0306", 1),
        ("한국", 2),
        ("one\n\ntwo", 8),
    ],
)
def test_characters_are_counted_as_they_are_seen(text, seen):
    assert count_characters(text) == seen


def test_invisible_tricks_are_taken_out():
    assert clean_text(" a\u202eb\u2066c\x00d\x1be ") == "abcde"


def test_lines_tabs_and_marks_of_direction_stay():
    assert clean_text("one\r\ntwo\tthree\u200f") == "one\ntwo\tthree\u200f"
