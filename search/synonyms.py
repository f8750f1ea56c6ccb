"""Phrases of the field that mean the same, applied to queries only."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "synonyms"
MOST = 12


def fold(text: str) -> str:
    """Give a text without accents and capitals, words parted by single blanks."""
    plain = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[str, ...], ...]:
    """Give every group of equal phrases."""
    lines = [
        line
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return tuple(tuple(phrase.strip() for phrase in line.split(",")) for line in lines)


@lru_cache(maxsize=1)
def _by_phrase() -> dict[str, tuple[str, ...]]:
    return {fold(phrase): group for group in groups() for phrase in group}


def alternatives(text: str) -> tuple[str, ...]:
    """Give what else may stand for phrases in the query, without what it says already."""
    asked = f" {fold(text)} "
    found = [
        other
        for phrase, group in _by_phrase().items()
        if f" {phrase} " in asked
        for other in group
        if f" {fold(other)} " not in asked
    ]
    return tuple(dict.fromkeys(found))[:MOST]
