"""Phrases that mean the same, as they are written in files and by the curator: one group a line.

The format is explained at the head of `search/synonyms/cross.txt`.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.languages import LANGUAGE_CODES
from search.analysis import fold_arabic
from search.engines.embedded_schema import terms_of_word

LONGEST = 80
MOST_IN_GROUP = 40
AS_WRITTEN = "="
RICH_IN_ENDINGS = ("ar", "ru")
_PARTED = re.compile("[,،\r\n]")
_WORD = re.compile(r"[^\W_]+")


class Phrase(NamedTuple):
    """A phrase and its language; an abbreviation belongs to none.

    `exact` marks what is also an ordinary word: it is recognised as it is written here alone.
    """

    text: str
    language: str = ""
    exact: bool = False

    @property
    def reading(self) -> str:
        """How a text is read to recognise it: a language, none, or as it is written."""
        return AS_WRITTEN if self.exact else self.language

    @property
    def written(self) -> str:
        """The phrase as it is written in a line."""
        sign = AS_WRITTEN if self.exact else ""
        return f"{sign}{self.language}:{self.text}" if self.language else f"{sign}{self.text}"

    @property
    def searchable(self) -> bool:
        """Whether texts may be searched for it: an index does not know `SAFE` from `safe`."""
        return bool(self.language) or not self.exact


Group = tuple[Phrase, ...]


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are written, Arabic ones without vowel signs."""
    return _WORD.findall(fold_arabic(unicodedata.normalize("NFC", text)))


def read_word(word: str, reading: str) -> tuple[str, ...]:
    """Give the terms of a word: stemmed in a language, folded in none, or as it is written."""
    if reading in LANGUAGE_CODES:
        return terms_of_word(word, reading)
    letters = unicodedata.normalize("NFD", word if reading else word.casefold())
    return ("".join(char for char in letters if not unicodedata.combining(char)),)


def terms_of_phrase(phrase: Phrase) -> tuple[str, ...]:
    """Give what a phrase is recognised by; nothing where it holds only words that are skipped."""
    return tuple(term for word in words_of(phrase.text) for term in read_word(word, phrase.reading))


def stands_alone(phrase: Phrase) -> bool:
    """Say whether a phrase is one word that only number changes at the end.

    It is recognised by that and not by its stem, which too many other words share: "integrity"
    and "integration" have the same.
    """
    return phrase.reading not in RICH_IN_ENDINGS and len(words_of(phrase.text)) == 1


def key_of(phrase: Phrase) -> tuple[str, tuple[str, ...]]:
    """Give what two phrases have in common that are the same one.

    An abbreviation is the same one in whatever texts it is searched for.
    """
    plain = Phrase(phrase.text) if phrase.exact or stands_alone(phrase) else phrase
    return "" if phrase.exact else phrase.language, terms_of_phrase(plain)


def parse_group(line: str, *, language: str = "", least: int = 2) -> Group:
    """Give the phrases of one group; those that name no language are of the one given.

    Raises `ValidationError` that says in plain words what is wrong, and where.
    """
    written = [part.strip() for part in _PARTED.split(line)]
    group = tuple(dict.fromkeys(_phrase(part, language) for part in written if part))
    if len(group) < least:
        raise ValidationError(_("Write at least two phrases, with a comma between them."))
    if len(group) > MOST_IN_GROUP:
        raise ValidationError(
            _("A group holds at most %(most)s phrases: this one has %(count)s.")
            % {"most": MOST_IN_GROUP, "count": len(group)}
        )
    return group


def _phrase(written: str, language: str) -> Phrase:
    exact = written.startswith(AS_WRITTEN)
    named, parted, rest = written.removeprefix(AS_WRITTEN).partition(":")
    if parted and named.strip() not in LANGUAGE_CODES:
        raise ValidationError(
            _("“%(phrase)s”: before the colon stands a language, one of %(languages)s.")
            % {"phrase": written, "languages": ", ".join(LANGUAGE_CODES)}
        )
    text = (rest if parted else named).strip()
    phrase = Phrase(text, named.strip() if parted else language, exact)
    for fault in _faults(phrase):
        raise ValidationError(fault % {"phrase": written, "longest": LONGEST})
    return phrase


def _faults(phrase: Phrase) -> Iterator[str]:
    if not terms_of_phrase(phrase):
        yield _("“%(phrase)s” holds no word that is searched for.")
    if len(phrase.text) > LONGEST:
        yield _("“%(phrase)s” is longer than %(longest)s characters.")
    if phrase.exact and phrase.text == phrase.text.lower():
        yield _("“%(phrase)s”: the sign = is for what is recognised by its capitals.")
