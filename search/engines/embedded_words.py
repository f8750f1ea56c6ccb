"""The words of a query as the embedded engine looks for them and orders what it finds.

The form is the one of the Elasticsearch engine: in each language every word counts by its best
field and a little by the others, the title twice; the best language counts, plus a neutral field.
"""

from collections.abc import Iterable

from tantivy import Occur, Query

from portal.core.languages import LANGUAGE_CODES
from search.criteria import Criteria
from search.engines.embedded_schema import schema, terms_of
from search.engines.weights import Weights
from search.schema import PARTS, text_field
from search.synonyms import alternatives


def joined(queries: Iterable[Query], occur: Occur) -> Query:
    """Give one query of several that may (`Should`) or have to (`Must`) match."""
    found = [(occur, query) for query in queries]
    return Query.boolean_query(found) if found else Query.empty_query()


class Words:
    """The query for the words of a search, their synonyms, and a case number written exactly."""

    def __init__(self, criteria: Criteria, weights: Weights) -> None:
        self._text = criteria.text
        self._ui = criteria.ui
        self._weights = weights

    def query(self) -> Query:
        """Give what finds, and what orders."""
        weights = self._weights
        languages = [self._words(self._text, code) for code in LANGUAGE_CODES]
        number = Query.term_query(schema(), "number", self._text.upper())
        clauses = [
            Query.disjunction_max_query(languages),
            Query.boost_query(self._words(self._text, ""), weights.neutral),
            Query.boost_query(number, weights.exact_number),
        ]
        clauses += [
            Query.boost_query(self._words(other.text, other.language, Occur.Must), weights.synonym)
            for other in alternatives(self._text)
        ]
        return joined(clauses, Occur.Should)

    def _words(self, text: str, language: str, occur: Occur = Occur.Should) -> Query:
        terms = dict.fromkeys(terms_of(text, language))
        return joined((self._word(term, language) for term in terms), occur)

    def _word(self, term: str, language: str) -> Query:
        fields = []
        for part in PARTS:
            field = text_field(part, language)
            query = Query.term_query(schema(), field, term, index_option="freq")
            fields.append(Query.boost_query(query, self._weights.title if part == "title" else 1.0))
        return Query.disjunction_max_query(fields, tie_breaker=self._weights.tie)
