"""How text becomes terms in each language, the same for what is indexed and what is asked.

Both engines stem with the language's own stemmer and keep a neutral field that only folds.
"""

import re

STEMMERS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ar": "arabic",
    "ru": "russian",
    "pt": "portuguese",
}
# Arabic keeps its stop words: leaving them out loses more than it gains.
STOPPED = ("en", "fr", "es", "ru", "pt")

# British and American spelling meet in the American one; both are as long as the other.
SPELLING = r"(?<=[a-z]{3})is(?=(?:ation|ations|e|ed|es|er|ers|ing)\b)"
# Articles and particles that French joins with an apostrophe.
ELIDED = ["l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]

_SPELLING = re.compile(SPELLING)
_HARAKAT = re.compile("[\u0640\u064b-\u065f\u0670]")
_ALEFS = str.maketrans("أإآٱ", "اااا")
_ENDINGS = str.maketrans("ىة", "يه")
_LEADING_WAW = re.compile(r"\bو(?=ال\w{2})")


def fold_arabic(text: str) -> str:
    """Unify the forms of alef, drop vowel signs, and part a leading "and" from the article."""
    return _LEADING_WAW.sub("", _HARAKAT.sub("", text).translate(_ALEFS))


def prepare(text: str, language: str) -> str:
    """Give the text as the embedded engine analyses it: what its own filters cannot do."""
    if language == "en":
        return _SPELLING.sub("iz", text.lower())
    if language == "ru":
        return text.lower().replace("ё", "е")
    if language == "ar":
        return fold_arabic(text)
    return text if language else fold_arabic(text).translate(_ENDINGS)
