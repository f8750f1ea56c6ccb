"""What the embedded engine shows of a document: texts in the right language, with marks."""

from functools import cached_property

from tantivy import Document

from portal.core.languages import LANGUAGE_CODES
from search.criteria import Criteria
from search.engines.base import RawHit, text_language
from search.engines.embedded_schema import terms_of
from search.engines.highlighting import marked, matching_spans, passages
from search.synonyms import alternatives

MOST_PASSAGES = 2


class Shower:
    """Makes hits of documents for one search."""

    def __init__(self, criteria: Criteria) -> None:
        self._criteria = criteria
        self._stems: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def _wanted(self) -> dict[str, frozenset[str]]:
        asked = self._criteria.text
        others = alternatives(asked)
        return {
            code: frozenset(
                term
                for text in (asked, *(o.text for o in others if o.language in ("", code)))
                for term in terms_of(text, code)
            )
            for code in LANGUAGE_CODES
        }

    def hit(self, document: Document, score: float | None) -> RawHit:
        """Give what a reader may be shown of one document."""
        title = {
            code: text for code in LANGUAGE_CODES if (text := document.get_first(f"title_{code}"))
        }
        shown = text_language(title, _one(document, "language"), self._criteria.ui)
        return RawHit(
            id=_one(document, "id"),
            kind=_one(document, "kind"),
            pk=document["pk"][0],
            score=score,
            topics=tuple(document.get_all("own_topics")),
            text_language=shown,
            title=title.get(shown, ""),
            title_marked=self._marked(title.get(shown, ""), shown),
            summary=_one(document, f"summary_{shown}"),
            passages=tuple(self._passages(document, [shown, *title])),
        )

    def _spans(self, text: str, code: str) -> list[tuple[int, int]]:
        if not self._criteria.text:
            return []
        return matching_spans(text, self._wanted[code], lambda word: self._stem(word, code))

    def _stem(self, word: str, code: str) -> frozenset[str]:
        if (word, code) not in self._stems:
            self._stems[word, code] = frozenset(terms_of(word, code))
        return self._stems[word, code]

    def _marked(self, text: str, code: str) -> str:
        return marked(text, self._spans(text, code))

    def _passages(self, document: Document, codes: list[str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for code in dict.fromkeys(codes):
            for part in ("summary", "body"):
                text = _one(document, f"{part}_{code}")
                spans = self._spans(text, code)
                found += [(passage, code) for passage in passages(text, spans)]
                if len(found) >= MOST_PASSAGES:
                    return found[:MOST_PASSAGES]
        return found


def _one(document: Document, name: str) -> str:
    return document.get_first(name) or ""
