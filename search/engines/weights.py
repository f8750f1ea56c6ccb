"""What counts how much when results are ordered, the same on both engines.

The reasons, with figures, are in `docs/features/relevance.md`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """How much each part of the query form weighs beside a word in the body of a text."""

    title: float = 2.0
    tie: float = 0.3
    neutral: float = 0.3
    synonym: float = 0.5
    exact_number: float = 50.0


WEIGHTS = Weights()
