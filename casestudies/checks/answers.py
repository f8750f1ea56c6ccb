"""The texts of a draft, one after the other, each with the question it answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from casestudies.models.fields import TEXT_LIMITS, TRANSLATED_FIELDS

if TYPE_CHECKING:
    from django.db.models import Model

    from casestudies.models import CaseStudyPage

# What of each repeated group is written by people, by the name of its question.
PARTS = {
    "results": ("indicator", "period", "method"),
    "reusable_blocks": ("name", "what", "factors", "lesson"),
    "links": ("title",),
    "images": ("alternative_text", "caption"),
    "files": ("title",),
}


@dataclass(frozen=True)
class Answer:
    """One text of a case; `is_story` when it has to stand alone and to be understood."""

    question: str
    label: str
    text: str
    is_story: bool = False


def answers_of(draft: "CaseStudyPage") -> list[Answer]:
    """Give the texts that are not empty, in the order of the case."""
    found = [*_own_texts(draft), *_texts_of_parts(draft)]
    return [answer for answer in found if answer.text.strip()]


def _own_texts(draft: "CaseStudyPage") -> Iterator[Answer]:
    for name in (*TRANSLATED_FIELDS, "owner_unit", "funding"):
        yield Answer(name, label_of(draft, name), getattr(draft, name), name in TEXT_LIMITS)


def _texts_of_parts(draft: "CaseStudyPage") -> Iterator[Answer]:
    for question, columns in PARTS.items():
        for row in getattr(draft, question).all():
            for column in columns:
                is_story = question == "reusable_blocks" and column != "name"
                yield Answer(question, label_of(row, column), getattr(row, column), is_story)


def label_of(record: "Model", name: str) -> str:
    """Give the name of a field as a person reads it."""
    return capfirst(str(record._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
