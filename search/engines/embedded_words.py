"""The words of a query as the embedded engine looks for them, and how it orders what they find.

The form is the one of the Elasticsearch engine, except that the first letter of a word may be
wrong, too: tantivy has no setting for that.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from tantivy import Occur, Query

from search.engines.asked import SLOP, Asked, Word
from search.engines.base import Request
from search.engines.embedded_schema import schema, terms_of
from search.schema import PARTS, SHORT_PARTS, SHOWN_PARTS, text_field

# Lucene leaves this constant factor of BM25 out and tantivy does not: amounts that are fixed
# have to grow with it to count as much.
SCALE = 2.2


def joined(queries: Iterable[Query], occur: Occur = Occur.Should) -> Query:
    """Give one query of several that may (`Should`) or have to (`Must`) match."""
    found = [(occur, query) for query in queries]
    return Query.boolean_query(found) if found else Query.empty_query()


class Words:
    """The queries for the words of one search."""

    def __init__(self, request: Request) -> None:
        self._asked = Asked(request.criteria)
        self._weights = request.weights
        self._forgiving = request.forgiving
        # Each word stands in several parts of a query.
        self._known: dict[tuple[str, str, tuple[str, ...]], Query] = {}

    def scored(self) -> Query:
        """Give what finds, with what else counts for the order."""
        if self._forgiving:
            return self.finding
        also = [(Occur.Should, query) for query in self._ordering()]
        return Query.boolean_query([(Occur.Must, self.finding), *also])

    @cached_property
    def finding(self) -> Query:
        """Give what finds: the words and what stands for them; words alike where it forgives."""
        return joined(self._alike() if self._forgiving else self._exact())

    def _exact(self) -> Iterator[Query]:
        asked, weights = self._asked, self._weights
        own = [self._words(asked.text, code) for code in asked.languages]
        yield Query.disjunction_max_query(own, tie_breaker=weights.language_tie)
        yield Query.boost_query(self._words(asked.plain, ""), weights.neutral)
        number = Query.term_query(schema(), "number", asked.text.upper())
        yield Query.boost_query(number, weights.exact_number)
        if others := asked.alternatives:
            phrases = [self._words(o.text, o.language, Occur.Must) for o in others]
            best = Query.disjunction_max_query(phrases, tie_breaker=weights.synonym_tie)
            yield Query.boost_query(best, weights.synonym)

    def _ordering(self) -> Iterator[Query]:
        asked, weights = self._asked, self._weights
        own = self._words(asked.text, asked.ui, parts=SHOWN_PARTS)
        yield _fixed(own, weights.own_language)
        if len(asked.telling) > 1:
            together = [
                self._words(asked.plain, code, Occur.Must) for code in ("", *asked.languages)
            ]
            yield _fixed(joined(together), weights.all_words)
        for pair in asked.pairs:
            phrases = [self._phrase(pair, code) for code in asked.languages]
            yield Query.boost_query(Query.disjunction_max_query(phrases), weights.phrase)
        for word in asked.weighed:
            yield _fixed(joined(self._held(word)), weights.each_word)
        for word in asked.beginnings[-1:]:
            yield _fixed(_beginning(word, SHORT_PARTS), weights.beginning)

    def _held(self, word: Word) -> Iterator[Query]:
        for code in ("", *self._asked.languages):
            yield self._words(word.text, code)
        if word.slips:
            yield _like(word, SHORT_PARTS, slips=1)

    def _alike(self) -> Iterator[Query]:
        weights = self._weights
        for word in self._asked.doubtful:
            yield self._by_part(_slips, word, weights.near)
        for word in self._asked.beginnings:
            yield self._by_part(_beginning, word, weights.beginning)

    def _by_part(self, way: Callable[..., Query], word: Word, weight: float) -> Query:
        parts = [_fixed(way(word, [part]), weight * self._weights.of(part)) for part in SHORT_PARTS]
        return Query.disjunction_max_query(parts)

    def _phrase(self, text: str, language: str) -> Query:
        terms: list[str | tuple[int, str]] = [*terms_of(text, language)]
        if len(terms) < 2:
            return Query.empty_query()
        parts = [
            Query.boost_query(
                Query.phrase_query(schema(), text_field(part, language), terms, SLOP),
                self._weights.of(part),
            )
            for part in SHOWN_PARTS
        ]
        return Query.disjunction_max_query(parts)

    def _words(
        self,
        text: str,
        language: str,
        occur: Occur = Occur.Should,
        parts: tuple[str, ...] = PARTS,
    ) -> Query:
        terms = dict.fromkeys(terms_of(text, language))
        return joined((self._word(term, language, parts) for term in terms), occur)

    def _word(self, term: str, language: str, parts: tuple[str, ...]) -> Query:
        key = term, language, parts
        if key not in self._known:
            self._known[key] = self._in_parts(*key)
        return self._known[key]

    def _in_parts(self, term: str, language: str, parts: tuple[str, ...]) -> Query:
        fields = []
        for part in parts:
            field = text_field(part, language)
            query = Query.term_query(schema(), field, term, index_option="freq")
            fields.append(Query.boost_query(query, self._weights.of(part)))
        return Query.disjunction_max_query(fields, tie_breaker=self._weights.tie)


def _fixed(query: Query, weight: float) -> Query:
    return Query.const_score_query(query, weight * SCALE)


def _slips(word: Word, parts: Iterable[str]) -> Query:
    return _like(word, parts, slips=word.slips)


def _beginning(word: Word, parts: Iterable[str]) -> Query:
    return _like(word, parts, beginning=True)


def _like(word: Word, parts: Iterable[str], *, slips: int = 0, beginning: bool = False) -> Query:
    return joined(
        Query.fuzzy_term_query(
            schema(), text_field(part, word.language), term, slips, prefix=beginning
        )
        for term in terms_of(word.text, word.language)
        for part in parts
    )
