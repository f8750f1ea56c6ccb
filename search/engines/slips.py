"""Words that are nearly those asked for: as many wrong letters as a word of its length may have."""

from search.engines.asked import SHORTEST_BEGINNING, Word
from search.engines.embedded_schema import terms_of_word


def is_like(other: Word, asked: Word) -> bool:
    """Say whether a word of a text is nearly the one asked for, or begins with it."""
    begins = len(asked.text) >= SHORTEST_BEGINNING and _letters(other).startswith(_letters(asked))
    return begins or slips_in(other, asked) is not None


def slips_in(other: Word, asked: Word) -> int | None:
    """Count the wrong letters of a word asked for, if another was meant; None for too many."""
    if not asked.slips or other.language != asked.language:
        return None
    slips = slips_between(_letters(asked), _letters(other), most=asked.slips)
    return slips if slips <= asked.slips else None


def _letters(word: Word) -> str:
    # As the engines compare them: Arabic and Russian words by their stems.
    return "".join(terms_of_word(word.text, word.language))


def slips_between(one: str, other: str, *, most: int) -> int:
    """Count the letters left out, added, wrong or changed with the next; stops above `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for place, wanted in enumerate(other, start=1):
            ways = [row[-1] + 1, before[place] + 1, before[place - 1] + (letter != wanted)]
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == wanted:
                ways.append(earlier[place - 2] + 1)
            row.append(min(ways))
        if min(row) > most:
            return most + 1
    return row[-1]
