"""The fields of a search document, once for both engines."""

from dataclasses import dataclass
from enum import Enum

from portal.core.languages import LANGUAGE_CODES


class Type(Enum):
    """What a field holds."""

    KEYWORD = "keyword"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True)
class Field:
    """A field: its name, what it holds, and for text its language (none means neutral)."""

    name: str
    type: Type
    language: str = ""


PARTS = ("title", "summary", "body", "labels")
SHOWN_PARTS = ("title", "summary", "body")
# The short parts, in which a word that is nearly right is looked for.
SHORT_PARTS = ("title", "summary", "labels")
KEYWORDS = (
    "id",
    "digest",
    "kind",
    "under",
    "number",
    "visibility",
    "region",
    "administration",
    "topic",
    "own_topics",
    "building_block",
    "innovation_type",
    "technology",
    "instrument",
    "beneficiary",
    "stage",
    "language",
    "cost",
    "level",
)
NUMBERS = ("pk", "version", "year", "review_day", "published", "updated")
FLAGS = ("alive", "measured", "failures")


def text_field(part: str, language: str = "") -> str:
    """Give the name of a part's field in a language, or of its neutral field."""
    return f"{part}_{language}" if language else part


FIELDS: tuple[Field, ...] = (
    *(Field(name, Type.KEYWORD) for name in KEYWORDS),
    *(Field(name, Type.NUMBER) for name in NUMBERS),
    *(Field(name, Type.FLAG) for name in FLAGS),
    *(
        Field(text_field(part, code), Type.TEXT, code)
        for part in PARTS
        for code in ("", *LANGUAGE_CODES)
    ),
)
