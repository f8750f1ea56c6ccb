"""What somebody looks for: one frozen value that every engine, page and feed understands."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

WORD_LIMIT = 32
CHARACTER_LIMIT = 256
WINDOW = 10_000
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100

# Marks that turn the direction of writing, and other characters of no width.
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class Sort(StrEnum):
    """The orders in which results may be asked for."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    UPDATED = "updated"


class View(StrEnum):
    """The ways to look at the same results; what is found does not depend on it."""

    LIST = "list"
    TABLE = "table"
    MAP = "map"


class Audience(StrEnum):
    """Which of the two indices a request may reach."""

    PUBLIC = "public"
    MEMBERS = "members"


@dataclass(frozen=True)
class Criteria:
    """Words, filters, order, page and view; `filters` holds chosen values by facet name.

    With `without_archive` what is outdated is found only where its freshness was chosen.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    measured: bool = False
    failures: bool = False
    without_archive: bool = False
    sort: Sort = Sort.RELEVANCE
    view: View = View.LIST
    page: int = 1
    size: int = PAGE_SIZE
    ui: str = "en"

    @property
    def offset(self) -> int:
        """How many results stand before the page asked for."""
        return (self.page - 1) * self.size

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the search."""
        return not (
            self.text
            or any(self.filters.values())
            or self.year_from
            or self.year_to
            or self.measured
            or self.failures
        )

    @property
    def leaves_archive_out(self) -> bool:
        """Whether outdated cases are left out: nobody asked for a freshness."""
        return self.without_archive and not self.chosen("freshness")

    @property
    def effective_sort(self) -> Sort:
        """The order that applies: without words nothing is more relevant, so newest first."""
        return Sort.NEWEST if self.sort is Sort.RELEVANCE and not self.text else self.sort

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Give the values chosen in one facet."""
        return self.filters.get(facet, ())


def normalise_text(raw: str) -> str:
    """Give the words of a query as every engine gets them.

    Control characters become blanks, marks of writing direction go, blanks collapse; at most
    256 characters and 32 words are kept.
    """
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", raw[: CHARACTER_LIMIT * 8]))
    plain = "".join(
        " " if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} else char for char in composed
    )
    words = " ".join(plain.split())[:CHARACTER_LIMIT].split()
    return " ".join(words[:WORD_LIMIT])
