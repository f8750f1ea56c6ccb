"""Words as people type them: without capitals, accents and vowel signs, and with a slip."""

import re
import unicodedata
from collections.abc import Iterable

from search.analysis import fold_arabic

# Shorter words have too many neighbours to forgive anything.
LEAST_TO_FORGIVE = 5
# The pattern grows with the square of the letters, and Elasticsearch takes 1,000 characters.
LONGEST_PATTERN = 14
# Whatever stands on a letter, but й is a letter of its own.
_ACCENTS = re.compile("(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f]")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Give the words of a text so that only their letters count, with single blanks between."""
    parted = unicodedata.normalize("NFD", fold_arabic(text.casefold()))
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", _ACCENTS.sub("", parted))))


def has_words_like(typed: Iterable[str], folded: str) -> bool:
    """Say whether each typed word, folded itself, begins a word of a folded text."""
    known = f" {folded}"
    return all(f" {word}" in known for word in typed)


def slip_pattern(word: str) -> str:
    """Give a pattern of what begins with a folded word, but for one slip; nothing for a short one.

    A slip is one letter too many, left out, wrong, or changed with the next; the first is right.
    """
    if len(word) < LEAST_TO_FORGIVE:
        return ""
    word = word[:LONGEST_PATTERN]
    ways = []
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        ways += [f"{before}.?{after}", f"{before}.{letter}{after}"]
        if after:
            ways.append(f"{before}{after[0]}{letter}{after[1:]}")
    return f"({'|'.join(ways)}).*"
