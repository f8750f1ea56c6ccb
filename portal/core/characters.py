"""Characters as a person counts them: the one rule of every limit and counter.

An accent, a skin tone or a flag belongs to its letter or sign. `static/js/counter.js` counts alike.
"""

import unicodedata

JOINER = "\u200d"
MARKS = {"Mn", "Me", "Mc"}


def count_characters(text: str | None) -> int:
    """Give the number of characters a person sees in `text`; a line break is one."""
    count = 0
    previous = ""
    flags = 0
    for char in text or "":
        flags = flags + 1 if _is_flag_half(char) else 0
        if not previous or not _joins(previous, char, flags):
            count += 1
        previous = char
    return count


def _joins(previous: str, char: str, flags: int) -> bool:
    if previous == "\r" and char == "\n":
        return True
    if previous in "\r\n" or char in "\r\n":
        return False
    if _extends(char) or _closes_hangul(previous, char):
        return True
    return (previous == JOINER and _is_pictograph(char)) or (flags > 0 and flags % 2 == 0)


def _extends(char: str) -> bool:
    return (
        char in (JOINER, "\u200c")
        or unicodedata.category(char) in MARKS
        or 0x1F3FB <= ord(char) <= 0x1F3FF
        or 0xE0020 <= ord(char) <= 0xE007F
    )


def _is_flag_half(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _is_pictograph(char: str) -> bool:
    return unicodedata.category(char) == "So" or 0x1F000 <= ord(char) <= 0x1FAFF


def _closes_hangul(previous: str, char: str) -> bool:
    vowel, tail = 0x1160 <= ord(char) <= 0x11A7, 0x11A8 <= ord(char) <= 0x11FF
    leads = 0x1100 <= ord(previous) <= 0x115F
    syllable = 0xAC00 <= ord(previous) <= 0xD7A3
    open_syllable = syllable and (ord(previous) - 0xAC00) % 28 == 0
    inner = 0x1160 <= ord(previous) <= 0x11A7
    if leads:
        return vowel or 0x1100 <= ord(char) <= 0x115F or 0xAC00 <= ord(char) <= 0xD7A3
    if vowel:
        return open_syllable or inner
    return tail and (syllable or 0x1160 <= ord(previous) <= 0x11FF)
