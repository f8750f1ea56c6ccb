"""What the embedded engine shows of a document: texts in the right language, with marks."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from tantivy import Document

from portal.core.languages import LANGUAGE_CODES
from search.criteria import Criteria
from search.engines.asked import Asked, Word, words_in
from search.engines.base import RawHit, text_language
from search.engines.embedded_schema import shown_of, terms_of, terms_of_word
from search.engines.highlighting import marked, passages, spans_of, words_of
from search.engines.slips import is_like
from search.synonyms import alternatives

MOST_PASSAGES = 2
LONGEST_TEXT = 8_000


class Shower:
    """Makes hits of documents for one search."""

    def __init__(self, criteria: Criteria, *, forgiving: bool = False) -> None:
        self._criteria = criteria
        self._forgiving = forgiving
        # By language: what was looked at so far, and the words in it that match.
        self._known: dict[str, tuple[set[str], set[str]]] = {
            code: (set(), set()) for code in LANGUAGE_CODES
        }

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
        shown = shown_of(document)
        title = {
            code: shown[f"title_{code}"] for code in LANGUAGE_CODES if f"title_{code}" in shown
        }
        code = text_language(title, shown["language"], self._criteria.ui)
        return RawHit(
            id=document["id"][0],
            kind=document["kind"][0],
            pk=document["pk"][0],
            score=score,
            topics=tuple(shown.get("own_topics", ())),
            text_language=code,
            title=title.get(code, ""),
            title_marked=self._marked(title.get(code, ""), code),
            summary=shown.get(f"summary_{code}", ""),
            passages=tuple(self._passages(shown, [code, *title])),
        )

    def _spans(self, text: str, code: str) -> list[tuple[int, int]]:
        if not self._criteria.text:
            return []
        known, hits = self._known[code]
        new = set(text.split()) - known
        known |= new
        hits |= {word for piece in new for word in words_of(piece) if self._matches(word, code)}
        return spans_of(text, hits)

    def _matches(self, word: str, code: str) -> bool:
        if self._forgiving:
            return any(is_like(found, asked) for found in words_in(word) for asked in self._asked)
        return not self._wanted[code].isdisjoint(terms_of_word(word, code))

    @cached_property
    def _asked(self) -> tuple[Word, ...]:
        return Asked(self._criteria).weighed

    def _marked(self, text: str, code: str) -> str:
        return marked(text, self._spans(text, code))

    def _passages(self, shown: Mapping[str, Any], codes: list[str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for code in dict.fromkeys(codes):
            for part in ("summary", "body"):
                text = shown.get(f"{part}_{code}", "")[:LONGEST_TEXT]
                spans = self._spans(text, code)
                found += [(passage, code) for passage in passages(text, spans)]
                if found:
                    return found[:MOST_PASSAGES]
        return found
