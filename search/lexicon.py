"""Groups of equal phrases made ready: finds them in a query and gives what else may stand there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from search.phrases import (
    AS_WRITTEN,
    Group,
    Phrase,
    key_of,
    read_word,
    stands_alone,
    terms_of_phrase,
    words_of,
)

# Each costs a search of four fields: enough for three phrases of one group in each language.
MOST = 18
# How number changes the end of a word in four of the languages, without accents.
_NUMBER = (
    ("", "s"),
    ("", "es"),
    ("", "x"),
    ("y", "ies"),
    ("al", "aux"),
    ("l", "is"),
    ("m", "ns"),
    ("z", "ces"),
    ("ao", "oes"),
    ("ao", "aes"),
)

Terms = tuple[str, ...]


class Entry(NamedTuple):
    """A phrase as it is looked up: its terms, and the group it stands in."""

    terms: Terms
    phrase: Phrase
    group: Group


# For each way of reading, what begins with a term.
Index = dict[str, dict[str, list[Entry]]]


class Span(NamedTuple):
    """Where a phrase stands in a query: its first and its last word."""

    first: int
    last: int

    def within(self, other: "Span") -> bool:
        """Say whether a longer phrase holds this one."""
        return self != other and other.first <= self.first and self.last <= other.last


def merged(groups: Iterable[Group]) -> list[Group]:
    """Give the groups, those that share a phrase as one; each language's first phrases first."""
    homes: dict[tuple[str, Terms], dict[Phrase, None]] = {}
    for group in groups:
        whole: dict[Phrase, None] = {}
        for phrase in group:
            whole |= homes.get(key_of(phrase), {})
        whole |= dict.fromkeys(group)
        homes |= {key_of(phrase): whole for phrase in whole}
    return [_by_turns(whole) for whole in {id(whole): whole for whole in homes.values()}.values()]


def _by_turns(phrases: Iterable[Phrase]) -> Group:
    seen: Counter[str] = Counter()
    turns: dict[Phrase, int] = {}
    for phrase in phrases:
        turns[phrase] = seen[phrase.language]
        seen[phrase.language] += 1
    return tuple(sorted(turns, key=lambda phrase: turns[phrase]))


class Lexicon:
    """All groups, ready to be found in queries."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._starting: Index = defaultdict(lambda: defaultdict(list))
        self._alone: Index = defaultdict(lambda: defaultdict(list))
        for group in merged(groups):
            for phrase in group:
                self._add(phrase, group)

    def _add(self, phrase: Phrase, group: Group) -> None:
        if stands_alone(phrase):
            reading = AS_WRITTEN if phrase.exact else ""
            for form in _singulars(phrase.text, reading):
                self._alone[reading][form].append(Entry((form,), phrase, group))
        else:
            terms = terms_of_phrase(phrase)
            self._starting[phrase.reading][terms[0]].append(Entry(terms, phrase, group))

    def alternatives(self, text: str) -> Group:
        """Give what else may stand for the phrases of a query, each of its groups by turns."""
        found = list(self._found(text))
        said = {entry.phrase for _span, entry in found}
        spans = {span for span, _entry in found}
        longest = {span for span in spans if not any(span.within(other) for other in spans)}
        groups = dict.fromkeys(
            entry.group for span, entry in sorted(found, key=itemgetter(0)) if span in longest
        )
        others = [
            [phrase for phrase in group if phrase.searchable and phrase not in said]
            for group in groups
        ]
        by_turns = (phrase for turn in zip_longest(*others) for phrase in turn if phrase)
        return tuple(dict.fromkeys(by_turns))[:MOST]

    def _found(self, text: str) -> Iterator[tuple[Span, Entry]]:
        words = words_of(text)
        for reading, by_form in self._alone.items():
            for at, word in enumerate(words):
                for form in _singulars(word, reading):
                    yield from ((Span(at, at), entry) for entry in by_form.get(form, ()))
        for reading, starting in self._starting.items():
            read = [
                (term, at) for at, word in enumerate(words) for term in read_word(word, reading)
            ]
            terms = tuple(term for term, _at in read)
            for start, (term, at) in enumerate(read):
                for entry in starting.get(term, ()):
                    end = start + len(entry.terms)
                    if terms[start:end] == entry.terms:
                        yield Span(at, read[end - 1][1]), entry


def _singulars(word: str, reading: str) -> set[str]:
    (plain,) = read_word(word, reading)
    ends = {plain.removesuffix(many) + one for one, many in _NUMBER if plain.endswith(many)}
    return ends | {plain}
