"""What somebody may have meant, from words of the hits that they are shown, and of nothing else."""

from collections import Counter
from collections.abc import Iterator, Sequence

from search.engines.asked import Word, words_in, written
from search.engines.slips import slips_in
from search.results import Hit


def better_words(text: str, hits: Sequence[Hit]) -> str | None:
    """Give the query with the words of the hits that its own are nearly; None where none is.

    The hits are those of a search that forgives typing mistakes, as their reader sees them.
    """
    found = Counter(word for hit in hits for word in set(_words_of(hit)))
    better = written(text, lambda word: _nearest(word, found) or word.text)
    return better if better != text else None


def _words_of(hit: Hit) -> Iterator[Word]:
    labels = (*hit.topics, hit.region, hit.administration)
    for text in (hit.title, hit.summary, *(label.label for label in labels if label)):
        for word in words_in(text):
            yield Word(word.text.lower(), word.language)


def _nearest(word: Word, found: Counter[Word]) -> str:
    """Give the word with the fewest wrong letters, of those the one most hits hold."""
    wrong = {other: slips for other in found if (slips := slips_in(other, word)) is not None}
    if not wrong or not min(wrong.values()):
        return ""
    return min(wrong, key=lambda other: (wrong[other], -found[other], other.text)).text
