"""The words of a query as Elasticsearch looks for them and orders what it finds."""

from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from portal.core.languages import LANGUAGE_CODES
from search.criteria import Criteria
from search.engines.weights import Weights
from search.schema import PARTS, text_field
from search.synonyms import alternatives


class Words:
    """The query for the words of a search, their synonyms, and a case number written exactly."""

    def __init__(self, criteria: Criteria, weights: Weights) -> None:
        self._text = criteria.text
        self._ui = criteria.ui
        self._weights = weights

    def query(self) -> Query:
        """Give what finds, and what orders."""
        weights = self._weights
        languages = [self._in(code) for code in LANGUAGE_CODES]
        clauses = [
            Q("dis_max", queries=languages),
            self._in("", boost=weights.neutral),
            Q("term", number={"value": self._text.upper(), "boost": weights.exact_number}),
        ]
        clauses += [
            self._words(other.text, other.language, boost=weights.synonym, operator="and")
            for other in alternatives(self._text)
        ]
        return Q("bool", should=clauses, minimum_should_match=1)

    def _in(self, language: str, **more: Any) -> Query:
        return self._words(self._text, language, **more)

    def _words(self, text: str, language: str, **more: Any) -> Query:
        fields = [f"{text_field(part, language)}^{self._boost(part)}" for part in PARTS]
        return Q(
            "multi_match",
            query=text,
            type="cross_fields",
            fields=fields,
            tie_breaker=self._weights.tie,
            **more,
        )

    def _boost(self, part: str) -> float:
        return self._weights.title if part == "title" else 1.0
