"""Which terms of the glossary occur in a text, whatever their endings, the longest first.

Endings are taken off by a few rules a language: a translator is helped by a term too many, and
the stemmers of search stand on a higher floor.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from casestudies.models import GlossaryTerm

LEAST = 3
WORD = re.compile(r"[^\W_]+")
ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ss", "ss"), ("us", "us"), ("s", "")),
    "fr": (("eaux", "eau"), ("aux", "al"), ("ees", "e"), ("ee", "e"), ("es", "e"), ("s", "")),
    "es": (("ciones", "cion"), ("ores", "or"), ("ales", "al"), ("es", "e"), ("s", "")),
    "pt": (("oes", "ao"), ("aes", "ao"), ("ores", "or"), ("ais", "al"), ("ns", "m"), ("s", "")),
}
RUSSIAN = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ия[хм]|ией|ием|ых|их|ый|ии|ий|ая|яя|ое|ее|ые|ие"
    r"|ой|ей|ом|ем|ам|ям|ах|ях|ую|юю|ов|ев|ия|ию|а|я|о|е|ы|и|у|ю|ь|й)$"
)
ARABIC_HEAD = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف](?=...))")
ARABIC_TAIL = re.compile(r"(?:ات|ين|ون|ها|هم|ية|ة|ه|ي)$")


@dataclass(frozen=True)
class Pair:
    """A term as the text says it and as the translation should."""

    source: str
    target: str


class Glossary:
    """All terms from one language into another, read once for a page."""

    def __init__(self, source: str, target: str) -> None:
        self.language = source
        pairs = [
            (stems_of(term.labels[source], source), Pair(term.labels[source], term.labels[target]))
            for term in GlossaryTerm.objects.all()
            if {source, target} <= term.labels.keys()
        ]
        # A longer term hides the shorter ones inside it.
        self._pairs = sorted(pairs, key=lambda item: -len(item[0]))

    def terms_in(self, text: str) -> list[Pair]:
        """Give the terms that occur in a text, in the order of their first occurrence."""
        words = stems_of(text, self.language)
        taken: set[int] = set()
        found: dict[int, Pair] = {}
        for stems, pair in self._pairs:
            places = [place for place in _places(words, stems) if place not in taken]
            if places:
                found[places[0]] = pair
                taken.update(spot for at in places for spot in range(at, at + len(stems)))
        return [found[place] for place in sorted(found)]


def _places(words: Sequence[str], stems: Sequence[str]) -> list[int]:
    size = len(stems)
    return [at for at in range(len(words) - size + 1) if words[at : at + size] == stems]


def stems_of(text: str, language: str) -> list[str]:
    """Give the words of a text without marks and endings."""
    return [_stem(word, language) for word in WORD.findall(_plain(text.casefold(), language))]


def _plain(text: str, language: str) -> str:
    if language == "ru":
        # Taken apart, й would turn into и.
        return text.replace("ё", "е")
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if unicodedata.category(char) != "Mn")


def _stem(word: str, language: str) -> str:
    if language == "ru":
        return _unless_short(RUSSIAN.sub("", word), word)
    if language == "ar":
        bare = _unless_short(ARABIC_HEAD.sub("", word), word)
        return _unless_short(ARABIC_TAIL.sub("", bare), bare)
    for ending, instead in ENDINGS[language]:
        if word.endswith(ending):
            return _unless_short(word[: -len(ending)] + instead, word)
    return word


def _unless_short(stem: str, word: str) -> str:
    return stem if len(stem) >= LEAST else word
