"""The words of a query as Elasticsearch looks for them, and how it orders what they find."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.engines.asked import SLOP, Asked, Word
from search.engines.base import Request
from search.engines.weights import Weights
from search.schema import PARTS, SHORT_PARTS, SHOWN_PARTS, text_field


class Words:
    """The queries for the words of one search."""

    def __init__(self, request: Request) -> None:
        self._asked = Asked(request.criteria)
        self._weights = request.weights
        self._forgiving = request.forgiving

    def scored(self) -> Query:
        """Give what finds, with what else counts for the order."""
        if self._forgiving:
            return self.finding
        return Q("bool", must=[self.finding], should=list(self._ordering()))

    @cached_property
    def finding(self) -> Query:
        """What finds: the words and what stands for them; only words alike where it forgives."""
        return _any(self._alike() if self._forgiving else self._exact())

    def _exact(self) -> Iterator[Query]:
        asked, weights = self._asked, self._weights
        own = [self._words(asked.text, code) for code in asked.languages]
        yield Q("dis_max", queries=own, tie_breaker=weights.language_tie)
        yield self._words(asked.plain, "", boost=weights.neutral)
        yield Q("term", number={"value": asked.text.upper(), "boost": weights.exact_number})
        if others := asked.alternatives:
            phrases = [self._words(o.text, o.language, operator="and") for o in others]
            yield Q(
                "dis_max",
                queries=phrases,
                tie_breaker=weights.synonym_tie,
                boost=weights.synonym,
            )

    def _ordering(self) -> Iterator[Query]:
        asked, weights = self._asked, self._weights
        yield _constant(self._words(asked.text, asked.ui, SHOWN_PARTS), weights.own_language)
        if len(asked.telling) > 1:
            together = [self._words(asked.plain, c, operator="and") for c in ("", *asked.languages)]
            yield _constant(_any(together), weights.all_words)
        for pair in asked.pairs:
            phrases = [self._phrase(pair, code) for code in asked.languages]
            yield Q("dis_max", queries=phrases, boost=weights.phrase)
        for word in asked.weighed:
            yield _constant(_any(self._held(word)), weights.each_word)
        for word in asked.beginnings[-1:]:
            yield _constant(_beginning(word, SHORT_PARTS, word.language), weights.beginning)

    def _held(self, word: Word) -> Iterator[Query]:
        for code in ("", *self._asked.languages):
            yield self._words(word.text, code)
        if word.slips:
            yield _one_slip(word, SHORT_PARTS, word.language)

    def _alike(self) -> Iterator[Query]:
        weights = self._weights
        for word in self._asked.doubtful:
            yield self._by_part(_slips, word, weights.near)
        for word in self._asked.beginnings:
            yield self._by_part(_beginning, word, weights.beginning)

    def _by_part(self, way: Callable[..., Query], word: Word, weight: float) -> Query:
        parts = [
            _constant(way(word, [part], word.language), weight * self._weights.of(part))
            for part in SHORT_PARTS
        ]
        return Q("dis_max", queries=parts)

    def marked(self) -> Query:
        """Give what to mark in the texts that are shown, in whatever field it stands."""
        if not self._forgiving:
            return self.finding
        asked = self._asked
        return _any(
            way(word, ["title"], code)
            for way, words in ((_slips, asked.doubtful), (_beginning, asked.beginnings))
            for word in words
            for code in asked.languages
        )

    def _phrase(self, text: str, language: str) -> Query:
        fields = self._fields(SHOWN_PARTS, language)
        return Q("multi_match", query=text, type="phrase", slop=SLOP, fields=fields)

    def _words(
        self, text: str, language: str, parts: tuple[str, ...] = PARTS, **more: Any
    ) -> Query:
        return Q(
            "multi_match",
            query=text,
            type="cross_fields",
            fields=self._fields(parts, language),
            tie_breaker=self._weights.tie,
            **more,
        )

    def _fields(self, parts: tuple[str, ...], language: str) -> list[str]:
        return _weighted(parts, language, self._weights)


@lru_cache(maxsize=64)
def _weighted(parts: tuple[str, ...], language: str, weights: Weights) -> list[str]:
    return [f"{text_field(part, language)}^{weights.of(part)}" for part in parts]


def _slips(word: Word, parts: Iterable[str], language: str) -> Query:
    return _like(word, parts, language, fuzziness=word.slips, prefix_length=1)


def _one_slip(word: Word, parts: Iterable[str], language: str) -> Query:
    return _like(word, parts, language, fuzziness=1, prefix_length=1)


def _beginning(word: Word, parts: Iterable[str], language: str) -> Query:
    return _like(word, parts, language, type="bool_prefix")


def _like(word: Word, parts: Iterable[str], language: str, **how: Any) -> Query:
    fields = [text_field(part, language) for part in parts]
    return Q("multi_match", query=word.text, fields=fields, **how)


def _any(queries: Iterable[Query]) -> Query:
    found = list(queries)
    # A bool query without clauses would find everything.
    return Q("bool", should=found, minimum_should_match=1) if found else Q("match_none")


def _constant(query: Query, weight: float) -> Query:
    return Q("constant_score", filter=query, boost=weight)
