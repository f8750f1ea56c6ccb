"""Text as a person types and counts it: without invisible tricks, in visible characters."""

import re
import unicodedata

ZERO_WIDTH_JOINER = "\u200d"
ZERO_WIDTH_NON_JOINER = "\u200c"
# Embeddings, overrides and isolates can make a line read otherwise than it is written.
_DIRECTION_TRICKS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
# Signs that no file of a spreadsheet may hold, and behind which a formula could hide.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What a spreadsheet takes for the beginning of a formula, wide forms of the signs included.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}


def clean_text(text: str) -> str:
    """Give the text with plain line ends, without control characters and direction tricks."""
    for end, plain in _LINE_ENDS.items():
        text = text.replace(end, plain)
    return "".join(char for char in text if _is_kept(char)).strip()


def _is_kept(char: str) -> bool:
    if char in "\n\t":
        return True
    return ord(char) not in _DIRECTION_TRICKS and unicodedata.category(char) not in {"Cc", "Cs"}


def harmless(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula."""
    legal = _ILLEGAL.sub("", text)
    return f"'{legal}" if legal.startswith(_BEGINS_FORMULA) else legal


def count_characters(text: str) -> int:
    """Count characters as the browser's Intl.Segmenter does for the languages served here.

    Marks that sit on a letter, variation selectors, skin tones and whatever is joined to an emoji
    count nothing of their own; a flag, which is two letters to the machine, counts one.
    """
    total = 0
    previous = ""
    flag_is_open = False
    for char in text.replace("\r\n", "\n"):
        is_flag_letter = 0x1F1E6 <= ord(char) <= 0x1F1FF
        closes_flag = is_flag_letter and flag_is_open
        if not (closes_flag or _extends(char) or _is_joined(previous, char)):
            total += 1
        flag_is_open = is_flag_letter and not closes_flag
        previous = char
    return total


def _extends(char: str) -> bool:
    code = ord(char)
    return (
        unicodedata.category(char) in {"Mn", "Me", "Mc"}
        or char in {ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER}
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _is_joined(previous: str, char: str) -> bool:
    # Only pictures are glued by a joiner; after a letter it shapes and glues nothing.
    return previous == ZERO_WIDTH_JOINER and unicodedata.category(char) == "So"
