"""Names of topics, Members and regions as one types them: all languages and synonyms, in memory."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from casestudies.models import Topic
from portal.core.languages import LANGUAGE_CODES
from portal.directory.models import Administration
from search.folding import fold, has_words_like, slip_pattern
from search.vocabularies import keep, places, topic_rows


class Fit(IntEnum):
    """How well a name fits what was typed, the best first."""

    BEGINS = 0
    WORDS = 1
    ELSEWHERE = 2
    SLIP = 3


class Name(NamedTuple):
    """One name of a thing; a synonym has no language."""

    text: str
    folded: str
    language: str = ""


@dataclass(frozen=True)
class Named:
    """A topic, Member or region: the value of a facet, with everything it is called."""

    facet: str
    value: str
    names: tuple[Name, ...]

    def label(self, language: str) -> str:
        """Give its name in a language."""
        return next(name.text for name in self.names if name.language == language)


class Match(NamedTuple):
    """A thing that fits, how well, and the name by which it does."""

    named: Named
    fit: Fit
    name: Name


def matches(typed: Sequence[str], language: str) -> list[Match]:
    """Give what is called by these folded words, the best first; slips only where nothing fits."""
    found = list(_matches(typed, language)) or list(_slips(typed, language))
    return sorted(found, key=lambda match: (match.fit, match.named.label(language).casefold()))


def _matches(typed: Sequence[str], language: str) -> Iterator[Match]:
    for named in _all_named():
        fits = [
            Match(named, _fit(name, typed, language), name)
            for name in named.names
            if has_words_like(typed, name.folded)
        ]
        if fits:
            yield min(fits, key=lambda match: match.fit)


def _fit(name: Name, typed: Sequence[str], language: str) -> Fit:
    # Who types a whole synonym, such as AEO, means the thing as surely as by its name.
    whole = " ".join(typed)
    if name.folded == whole:
        return Fit.BEGINS
    if name.language != language:
        return Fit.ELSEWHERE
    return Fit.BEGINS if name.folded.startswith(whole) else Fit.WORDS


def _slips(typed: Sequence[str], language: str) -> Iterator[Match]:
    patterns = [re.compile(slip_pattern(word) or f"{word}.*") for word in typed]
    if not any(map(slip_pattern, typed)):
        return
    for named in _all_named():
        for name in named.names:
            if all(any(map(pattern.match, name.folded.split())) for pattern in patterns):
                yield Match(named, Fit.SLIP, name)
                break


def _all_named() -> tuple[Named, ...]:
    return keep("names", "", lambda: tuple(_read()))


def _read() -> Iterator[Named]:
    for topic in topic_rows():
        yield _named("topic", topic.slug, _labels(topic), topic.synonym_list)
    regions = {}
    for region, administration in places():
        regions[region.slug] = region
        if administration:
            yield _named("administration", administration.slug, _labels(administration))
    for slug, region in regions.items():
        short = {code: region.short_label_in(code) for code in LANGUAGE_CODES}
        yield _named("region", slug, short)


def _labels(item: Topic | Administration) -> dict[str, str]:
    return {code: item.label_in(code) for code in LANGUAGE_CODES}


def _named(
    facet: str, value: str, labels: Mapping[str, str], synonyms: Iterable[str] = ()
) -> Named:
    names = [Name(text, fold(text), code) for code, text in labels.items()]
    names += [Name(text, fold(text)) for text in synonyms]
    return Named(facet, value, tuple(names))
