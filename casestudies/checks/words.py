"""Small words of six languages: which language a text is in, and which of its words say anything.

Script tells Arabic and Russian; the small words tell the four languages of the Latin script. No
model is needed for six languages, and every answer can be explained.
"""

import re
import unicodedata

LEAST_WORDS = 12
LEAST_SMALL_WORDS = 4
# How many times more of its small words the winner must have than the next language.
CLEARLY = 1.4


def word_set(text: str) -> frozenset[str]:
    """Give the words of a line of ours."""
    return frozenset(text.split())


SMALL_WORDS: dict[str, frozenset[str]] = {
    "en": word_set(
        "the of and to in is was were are for that with by on it its from which this as be has had "
        "have not their they we our who at when what but been after before into than more can one "
        "no an or all would could there where each before without between now only"
    ),
    "fr": word_set(
        "le la les des du de et en est un une que qui dans pour par sur au aux avec ne pas ce "
        "cette ces il elle ils elles nous notre nos leur leurs ou où plus se sont été était ont "
        "avait mais comme sans entre chaque après avant dont tout tous même être à sa son ses"
    ),
    "es": word_set(
        "el la los las de del y en es un una que con por para al se su sus lo no como más pero fue "
        "son era eran ha han había ya este esta estos estas cada sin entre sobre también desde "
        "cuando nos nuestro nuestra antes después hasta donde muy quien porque o ni le les"
    ),
    "pt": word_set(
        "o a os as de do da dos das e em no na nos nas um uma que com por para ao à aos se seu sua "
        "seus suas não como mais mas foi são era eram tem têm já este esta cada sem entre sobre "
        "também desde quando nosso nossa antes depois até onde muito quem porque ou nem pelo pela "
        "pelos pelas num numa isso"
    ),
    "ar": word_set("في من على إلى عن أن إن ما لا هذا هذه التي الذي مع أو كل بعد قبل بين كان"),
    "ru": word_set(
        "и в во не на что с со по к ко из за от о об у для до это как а но или при мы их его она "
        "они был была было были есть же бы только уже без между после перед который"
    ),
}
_WORD = re.compile(r"[^\W_]+(?:[’'\-/.][^\W_]+)*")


def words_in(text: str) -> list[str]:
    """Give the words of a text in lower case; a number with a stroke or point is one word."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def language_of(text: str) -> str:
    """Give the code of the language that a text is clearly in, or nothing.

    A few words, a text half in one and half in another language, and names tell nothing.
    """
    words = words_in(text)
    if len(words) < LEAST_WORDS:
        return ""
    by_script = _language_by_script(text)
    return _language_by_small_words(words) if by_script == "latin" else by_script


def _language_by_script(text: str) -> str:
    counts = {"LATIN": 0, "ARABIC": 0, "CYRILLIC": 0}
    for char in text:
        if char.isalpha():
            script = unicodedata.name(char, "").partition(" ")[0]
            if script in counts:
                counts[script] += 1
    script, most = max(counts.items(), key=lambda item: item[1])
    if most < 0.7 * sum(counts.values()) or not most:
        return ""
    return {"LATIN": "latin", "ARABIC": "ar", "CYRILLIC": "ru"}[script]


def _language_by_small_words(words: list[str]) -> str:
    # French runs its articles into the next word.
    plain = [part for word in words for part in word.split("'")]
    scores = {
        code: sum(word in SMALL_WORDS[code] for word in plain) for code in ("en", "fr", "es", "pt")
    }
    (best, most), (_next, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    return best if most >= LEAST_SMALL_WORDS and most >= CLEARLY * second else ""


def telling_words(text: str, language: str) -> list[str]:
    """Give the words of a text that are not small words of its language."""
    return [word for word in words_in(text) if word not in SMALL_WORDS.get(language, ())]
