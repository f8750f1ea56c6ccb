"""What both engines share when they look for cases like one: what it is about, and the weights."""

from dataclasses import dataclass

# What was classified by people outweighs words that two texts happen to share; a case of another
# region is what one would not have found alone.
TOPIC = 8.0
TERM = 3.0
ELSEWHERE = 4.0
STAGE = 1.0
# The words of the text that tell most.
MOST_TERMS = 25
LEAST_DOCUMENTS = 2
# Two cases of the same innovation type or building block may have nothing else in common.
TELLING = ("technology", "instrument")


@dataclass(frozen=True)
class About:
    """A case to find others like: its document, its own topics, telling terms, stage and region.

    `terms` are pairs of a facet and a value.
    """

    id: str
    topics: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    stage: str
    region: str

    @property
    def says_something(self) -> bool:
        """Whether there is anything that another case could share."""
        return bool(self.topics or self.terms)
