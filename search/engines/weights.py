"""What counts how much when results are ordered, the same on both engines.

The reasons, with figures, are in `docs/features/relevance.md`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """How much each part of the query form weighs; a word in the body of a text weighs 1.

    `tie` is the share of a word's other parts, `language_tie` of other languages, `synonym_tie`
    of further phrases that mean the same. `own_language`, `all_words`, `each_word`, `near` and
    `beginning` are fixed amounts, whatever the words are.
    """

    title: float = 3.0
    summary: float = 1.5
    labels: float = 1.0
    tie: float = 0.3
    own_language: float = 0.5
    language_tie: float = 0.1
    neutral: float = 0.3
    synonym: float = 0.5
    synonym_tie: float = 0.2
    phrase: float = 0.5
    all_words: float = 100.0
    each_word: float = 2.0
    near: float = 1.0
    beginning: float = 0.2
    exact_number: float = 50.0

    def of(self, part: str) -> float:
        """Give the weight of a part of a text."""
        return float(getattr(self, part, 1.0))


WEIGHTS = Weights()
