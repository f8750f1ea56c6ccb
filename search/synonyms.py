"""Phrases of the field that mean the same, applied to queries only."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent / "synonyms"
MOST = 12


def fold(text: str) -> str:
    """Give a text without accents and capitals, words parted by single blanks."""
    plain = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))


class Phrase(NamedTuple):
    """A phrase and its language; an abbreviation belongs to none."""

    text: str
    language: str = ""


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[Phrase, ...], ...]:
    """Give every group of equal phrases."""
    lines = [
        line
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return tuple(tuple(_phrase(item) for item in line.split(",")) for line in lines)


def _phrase(written: str) -> Phrase:
    language, parted, text = written.strip().partition(":")
    return Phrase(text.strip(), language) if parted else Phrase(written.strip())


@lru_cache(maxsize=1)
def _by_phrase() -> dict[str, tuple[Phrase, ...]]:
    return {fold(phrase.text): group for group in groups() for phrase in group}


def alternatives(text: str) -> tuple[Phrase, ...]:
    """Give what else may stand for phrases in the query, without what it says already."""
    asked = f" {fold(text)} "
    found = [
        other
        for phrase, group in _by_phrase().items()
        if f" {phrase} " in asked
        for other in group
        if f" {fold(other.text)} " not in asked
    ]
    return tuple(dict.fromkeys(found))[:MOST]
