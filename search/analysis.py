"""How text becomes terms in each language, the same for what is indexed and what is asked.

Both engines stem with the language's own stemmer and keep a neutral field that only folds.
"""

import re

STEMMERS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ru": "russian",
    "pt": "portuguese",
}
# Arabic is stemmed here, and keeps its stop words: leaving them out loses more than it gains.
STOPPED = ("en", "fr", "es", "ru", "pt")

# British and American spelling meet in the American one; both are as long as the other.
SPELLING = r"(?<=[a-z]{3})is(?=(?:ation|ations|e|ed|es|er|ers|ing)\b)"
# Articles and particles that French joins with an apostrophe.
ELIDED = ["l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]

_SPELLING = re.compile(SPELLING)
_HARAKAT = re.compile("[\u0640\u064b-\u065f\u0670]")
_LETTERS = str.maketrans("أإآٱىة", "ااااي" + "ه")
_ARABIC_WORD = re.compile("[\u0621-\u064a]+")
_PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل", "و")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def fold_arabic(text: str) -> str:
    """Unify letters that are written in several ways, and drop vowel signs."""
    return _HARAKAT.sub("", text).translate(_LETTERS)


def stem_arabic(word: str) -> str:
    """Take the article and one particle off a folded word, and its endings.

    A light stemmer on purpose: one that strips pronouns, too, makes another word of "Customs".
    """
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) >= max(len(prefix) + 2, 4):
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word[: -len(suffix)]
    return word


def prepare(text: str, language: str) -> str:
    """Give the text as the embedded engine analyses it: what its own filters cannot do."""
    if language == "en":
        return _SPELLING.sub("iz", text.lower())
    if language == "ru":
        return text.lower().replace("ё", "е")
    if language == "ar":
        return _ARABIC_WORD.sub(lambda found: stem_arabic(found.group()), fold_arabic(text))
    return text if language else fold_arabic(text).replace("ё", "е").replace("Ё", "Е")
