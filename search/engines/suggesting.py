"""What both engines share when they answer while one types: weights, and the title to show."""

from collections.abc import Mapping
from html import escape

from search.engines.base import RawHit, Request, text_language
from search.folding import fold, has_words_like

# A word that begins as typed outweighs every slip; a whole word is a little better still.
BEGINNING = 4.0
WHOLE_WORD = 1.0
SLIP = 1.0
# Each word is a search of its own: nobody types more before looking at the list.
MOST_WORDS = 8
CANDIDATES = 24


def typed_words(request: Request) -> list[str]:
    """Give the words that were typed, without those of signs alone."""
    words = [word for word in request.criteria.text.split() if fold(word)]
    return words[:MOST_WORDS]


def title_hit(
    place: Mapping[str, str], pk: int, score: float, titles: Mapping[str, str], request: Request
) -> RawHit:
    """Give a hit that shows a title only: in a language in which it fits what was typed, if any.

    `place` holds the document's `id`, `kind` and `language`, `titles` the title by language.
    """
    typed = fold(request.criteria.text).split()
    usual = text_language(titles, place["language"], request.criteria.ui)
    order = dict.fromkeys([usual, place["language"], *titles])
    fitting = (code for code in order if has_words_like(typed, fold(titles.get(code, ""))))
    shown = next(fitting, usual)
    title = titles.get(shown, "")
    return RawHit(
        id=place["id"],
        kind=place["kind"],
        pk=pk,
        score=score,
        topics=(),
        text_language=shown,
        title=title,
        title_marked=escape(title),
        summary="",
    )
