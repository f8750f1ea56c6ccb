"""What is measured of a ranking, and how sure a difference between two rankings is.

As in trec_eval: a grade is its own gain, a grade above zero is relevant.
"""

import random
from collections.abc import Mapping, Sequence
from math import log2
from statistics import fmean

DEPTH = 10
FAR_DEPTH = 100
ROUNDS = 10_000
SEED = 20_260
Grades = Mapping[str, int]


def ndcg(grades: Grades, ranked: Sequence[str]) -> float:
    """Give nDCG@10: the gain of the first ten, later ones counting less, of the best possible."""
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(name, 0) for name in ranked]) / best if best else 0.0


def _gain(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:DEPTH], start=1))


def recall(grades: Grades, ranked: Sequence[str]) -> float:
    """Give recall@100: the share of what is relevant that is among the first hundred."""
    relevant = {name for name, grade in grades.items() if grade}
    return len(relevant.intersection(ranked[:FAR_DEPTH])) / len(relevant) if relevant else 0.0


def reciprocal_rank(grades: Grades, ranked: Sequence[str]) -> float:
    """Give one over the place of the first relevant one; zero where there is none."""
    places = (place for place, name in enumerate(ranked, start=1) if grades.get(name, 0))
    return 1 / next(places, float("inf"))


def bootstrap_interval(differences: Sequence[float]) -> tuple[float, float]:
    """Give where the mean of these paired differences lies, with 95 % certainty.

    By drawing queries anew ten thousand times, from a fixed seed.
    """
    dice = random.Random(SEED)  # noqa: S311
    count = len(differences)
    means = sorted(fmean(dice.choices(differences, k=count)) for _ in range(ROUNDS))
    return means[round(ROUNDS * 0.025)], means[round(ROUNDS * 0.975) - 1]
