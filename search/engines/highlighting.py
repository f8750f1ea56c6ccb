"""Passages with marks, as safe HTML: text is escaped first, marks are put in afterwards."""

import re
from collections.abc import Callable
from html import escape

OPEN, CLOSE = "\ue000", "\ue001"
PASSAGE = 180
LEAD = 50
_WORD = re.compile(r"\w+(?:[\u064b-\u065f\u0670]\w*)*")
_SENTINELS = re.compile(f"[{OPEN}{CLOSE}]")

Spans = list[tuple[int, int]]


def without_sentinels(text: str) -> str:
    """Give a text without the characters that stand for marks."""
    return _SENTINELS.sub("", text)


def with_marks(escaped: str) -> str:
    """Put `<mark>` where the sentinels stand in a text that is escaped already."""
    return escaped.replace(OPEN, "<mark>").replace(CLOSE, "</mark>")


def matching_spans(text: str, matches: Callable[[str], bool]) -> Spans:
    """Give where the words stand that match; each different word is asked about once."""
    words = {word for word in set(_WORD.findall(text)) if matches(word)}
    if not words:
        return []
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(map(re.escape, longest_first))
    return [found.span() for found in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text)]


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
