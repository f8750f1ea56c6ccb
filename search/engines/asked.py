"""The words of a query, read once in the forms that both engines look for."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from portal.core.languages import LANGUAGE_CODES
from search.analysis import STOPPED
from search.criteria import Criteria
from search.engines.embedded_schema import terms_of_word
from search.engines.highlighting import WORD
from search.phrases import Phrase
from search.synonyms import alternatives

# Shorter words have too many neighbours; in a long one two letters may be wrong.
SHORTEST_FORGIVEN = 4
LONG = 8
SHORTEST_BEGINNING = 3
# How many places words that stand together may be moved: "seals for trucks" is near "truck seals".
SLOP = 2
# In more words than these it counts only which are there: the rest would cost too many searches.
MOST_WEIGHED = 8
LATIN = ("en", "fr", "es", "pt")
_SCRIPTS = (("ar", re.compile("[\u0600-\u06ff]")), ("ru", re.compile("[\u0400-\u04ff]")))


class Word(NamedTuple):
    """A word as it is written, and the language of its script: none for Latin letters."""

    text: str
    language: str

    @property
    def slips(self) -> int:
        """How many letters of it may be wrong."""
        if len(self.text) < SHORTEST_FORGIVEN:
            return 0
        return 1 if len(self.text) < LONG else 2


def words_in(text: str) -> tuple[Word, ...]:
    """Give the words of a text, in order."""
    return tuple(map(_word_of, WORD.findall(text)))


def written(text: str, word_for: Callable[[Word], str]) -> str:
    """Give the text with another word in the place of each of its own."""
    return WORD.sub(lambda found: word_for(_word_of(found.group())), text)


class Asked:
    """The words of a search and what may stand for them."""

    def __init__(self, criteria: Criteria) -> None:
        self.text = criteria.text
        self.ui = criteria.ui

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word, in order."""
        return words_in(self.text)

    @cached_property
    def telling(self) -> tuple[Word, ...]:
        """The words without those that are skipped in some language, unless there are no others."""
        return tuple(word for word in self.words if not _is_skipped(word.text)) or self.words

    @property
    def plain(self) -> str:
        """The telling words as one text, for the neutral fields, which skip nothing."""
        return " ".join(word.text for word in self.telling)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that these letters are written in, and the reader's own."""
        scripts = {word.language for word in self.words}
        likely = {self.ui, *(scripts - {""}), *(LATIN if "" in scripts else ())}
        return tuple(code for code in LANGUAGE_CODES if code in likely)

    @property
    def weighed(self) -> tuple[Word, ...]:
        """The first of the telling words, each once."""
        return tuple(dict.fromkeys(self.telling))[:MOST_WEIGHED]

    @property
    def pairs(self) -> tuple[str, ...]:
        """Every two of the first telling words that follow each other."""
        words = self.telling[:MOST_WEIGHED]
        return tuple(f"{a.text} {b.text}" for a, b in pairwise(words))

    @property
    def doubtful(self) -> tuple[Word, ...]:
        """The words that are long enough to hold a typing mistake."""
        return tuple(word for word in self.weighed if word.slips)

    @property
    def beginnings(self) -> tuple[Word, ...]:
        """The words that are long enough to be the first letters of another."""
        return tuple(word for word in self.weighed if len(word.text) >= SHORTEST_BEGINNING)

    @cached_property
    def alternatives(self) -> Sequence[Phrase]:
        """What else may stand for phrases of the query."""
        return alternatives(self.text)


def _word_of(found: str) -> Word:
    return Word(found, _script_of(found))


def _script_of(word: str) -> str:
    return next((code for code, letters in _SCRIPTS if letters.search(word)), "")


def _is_skipped(word: str) -> bool:
    return any(not terms_of_word(word, code) for code in STOPPED)
