"""What a form showed when it was opened, in one hidden value that travels with what is typed.

A revision may be written over by an autosave, so its id alone does not say which words were seen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Revision

from casestudies.wizard.questions import Question

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

MARK_LENGTH = 16
# The script adds this word when it gives kept words back.
RESTORED = "restored"


@dataclass(frozen=True)
class Shown:
    """The revision that a form was made from, when that was written, and a mark of each answer.

    `is_restored`: its words come from a browser that kept them, perhaps since long, so they are not
    taken for the latest of their author either.
    """

    revision_id: int = 0
    at: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    is_restored: bool = False

    def __str__(self) -> str:
        head = f"{self.revision_id}@{self.at}" if self.at else f"{self.revision_id}"
        marks = [f"{name}={mark}" for name, mark in self.marks.items()]
        return " ".join([head, *marks, *([RESTORED] if self.is_restored else [])])

    @classmethod
    def said_by(cls, text: str) -> "Shown":
        """Give what a form sent back; a value that was not ours names revision 0, which is none."""
        head, *rest = text.split() or [""]
        number, _at, at = head.partition("@")
        marks = dict(part.split("=", 1) for part in rest if "=" in part)
        is_id = number.isascii() and number.isdigit() and len(number) < 16
        return cls(int(number) if is_id else 0, at, marks, RESTORED in rest)

    def with_saved(self, answers: Mapping[str, Any]) -> "Shown":
        """Say the same of a form whose answers were saved under it and stay on the screen."""
        return replace(self, marks={**self.marks, **{n: mark_of(a) for n, a in answers.items()}})


def shown_now(
    revision: Revision | None, case: "CaseStudyPage", questions: Iterable[Question]
) -> Shown:
    """Give what a form with the present answers of a case shows."""
    if revision is None:
        return Shown()
    marks = {question.name: mark_of(question.read(case)) for question in questions}
    return Shown(revision.pk, revision.created_at.isoformat(), marks)


def mark_of(answer: Any) -> str:
    """Give a short mark of an answer, the same for the same words."""
    plain = json.dumps(answer, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:MARK_LENGTH]
