"""Passages with marks, as safe HTML: text is escaped first, marks are put in afterwards."""

import re
from collections.abc import Iterable, Iterator
from html import escape

OPEN, CLOSE = "\ue000", "\ue001"
PASSAGE = 180
LEAD = 50
WORD = re.compile(r"\w+(?:[\u064b-\u065f\u0670]\w*)*")
_SENTINELS = re.compile(f"[{OPEN}{CLOSE}]")

Spans = list[tuple[int, int]]


def without_sentinels(text: str) -> str:
    """Give a text without the characters that stand for marks."""
    return _SENTINELS.sub("", text)


def with_marks(escaped: str) -> str:
    """Put `<mark>` where the sentinels stand in a text that is escaped already."""
    return escaped.replace(OPEN, "<mark>").replace(CLOSE, "</mark>")


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are written."""
    return WORD.findall(text)


def spans_of(text: str, words: Iterable[str]) -> Spans:
    """Give where these words stand in a text, in order, none inside another."""
    found: Spans = []
    for span in sorted(place for word in words for place in _places(text, word)):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
        elif span[0] == found[-1][0]:
            found[-1] = span
    return found


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    # Looking for plain text is several times quicker than one expression for all words.
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (WORD.match(text[start - 1 : start]) or WORD.match(text[end : end + 1])):
            yield start, end
        start = text.find(word, end)


def marked(text: str, spans: Spans) -> str:
    """Escape a text and mark these places in it."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, escape(text[at:])])


def passages(text: str, spans: Spans, most: int = 2) -> list[str]:
    """Give the passages that hold the most marks, in the order of the text."""
    windows = sorted(_windows(text, spans), key=lambda item: -len(item[2]))[:most]
    return [
        ("… " if start else "")
        + marked(text[start:end], [(a - start, b - start) for a, b in inside])
        + (" …" if end < len(text) else "")
        for start, end, inside in sorted(windows)
    ]


def _windows(text: str, spans: Spans) -> list[tuple[int, int, Spans]]:
    found = []
    covered = -1
    for first, last in spans:
        if first < covered:
            continue
        start = _word_start(text, max(covered, first - LEAD, 0), first)
        end = max(_word_end(text, first + PASSAGE - LEAD), last)
        found.append((start, end, [span for span in spans if start <= span[0] and span[1] <= end]))
        covered = end
    return found


def _word_start(text: str, start: int, before: int) -> int:
    return max(text.find(" ", start, before) + 1, start) if start else 0


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    blank = text.rfind(" ", end - LEAD, end)
    return blank if blank >= 0 else end
