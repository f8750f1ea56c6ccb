"""Letters to authors: loaded from our file, begun from the curator's text, filled from reviews."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from casestudies.models import CaseStudyPage, LetterText
from casestudies.review_reading import ShownReview
from portal.core.models.labels import TRANSLATED_CODES

LETTERS = Path(__file__).resolve().parent.parent / "data" / "letters.json"


@dataclass(frozen=True)
class Comment:
    """Something a reviewer wrote that can be picked into the letter, or to one question."""

    key: str
    who: str
    about: str
    text: str
    question: str = ""


@transaction.atomic
def load_letters() -> None:
    """Add a letter for each decision that has none; what the curator changed stays."""
    rows = json.loads(LETTERS.read_text(encoding="utf-8"))
    known = set(LetterText.objects.values_list("kind", flat=True))
    LetterText.objects.bulk_create(
        LetterText(
            kind=row["kind"],
            name=row["name"],
            text=row["texts"]["en"],
            **{f"text_{code}": row["texts"][code] for code in TRANSLATED_CODES},
        )
        for row in rows
        if row["kind"] not in known
    )


def comments_of(reviews: Iterable[ShownReview]) -> list[Comment]:
    """Give everything in the reviews that can be picked, each under a key of its own."""
    return [comment for review in reviews for comment in _comments(review)]


def _comments(review: ShownReview) -> Iterable[Comment]:
    if review.opinion:
        yield Comment(f"{review.pk}:opinion", review.who, "", review.opinion)
    for place, score in enumerate(review.scores):
        if score.comment:
            yield Comment(f"{review.pk}:score:{place}", review.who, score.label, score.comment)
    for name, label, text in review.remarks:
        yield Comment(f"{review.pk}:about:{name}", review.who, label, text, name)


def compose(
    *,
    letter: LetterText | None,
    language: str,
    case: CaseStudyPage,
    words: str,
    picked: Sequence[Comment],
) -> tuple[str, dict[str, str]]:
    """Give the letter, and the words about single questions, that a coordinator goes on with.

    `words` are those typed already; who wrote a comment is never said.
    """
    begun = _filled(letter.text_in(language), case) if letter else ""
    general = [comment.text for comment in picked if not comment.question]
    remarks: dict[str, str] = {}
    for comment in picked:
        if comment.question:
            before = remarks.get(comment.question, "")
            remarks[comment.question] = f"{before}\n\n{comment.text}".strip()
    return "\n\n".join(part for part in (begun, words.strip(), *general) if part), remarks


def _filled(text: str, case: CaseStudyPage) -> str:
    names = {
        "[title]": case.draft_title,
        "[number]": case.number or "",
        "[administration]": case.administration.label,
    }
    for mark, value in names.items():
        text = text.replace(mark, value)
    return text
