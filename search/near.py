"""Topics that are near to words which find nothing: they share a word, or all but a slip of it."""

from collections import defaultdict

from search.folding import fold
from search.names import matches

# Shorter words begin too many names.
SHORTEST = 3
MOST_WORDS = 8
MOST = 6


def near_topics(text: str, language: str) -> list[str]:
    """Give the slugs of these topics, the nearest first.

    A word that stands in few names says more than one that stands in many; what only shares words
    that say little beside the nearest is left out.
    """
    scores: dict[str, float] = defaultdict(float)
    words = [word for word in fold(text).split() if len(word) >= SHORTEST]
    for word in words[:MOST_WORDS]:
        found = [match.named for match in matches([word], language)]
        topics = [named.value for named in found if named.facet == "topic"]
        for slug in topics:
            scores[slug] += 1 / len(topics)
    least = max(scores.values(), default=0) / 2
    nearest = sorted(scores, key=lambda slug: -scores[slug])
    return [slug for slug in nearest[:MOST] if scores[slug] >= least]
