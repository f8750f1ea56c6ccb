"""A translation beside its original: what is to be translated, and what has moved on since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.models import Revision

from casestudies.block_texts import BLOCK_TEXT_LIMITS, block_texts, label_of_block_text
from casestudies.checks.answers import label_of
from casestudies.models import CaseStudyPage, Translation
from casestudies.models.fields import TEXT_LIMITS, TITLE_LIMIT, TRANSLATED_FIELDS
from casestudies.models.parts import rows_in_order
from casestudies.permissions import clears_for
from portal.core.languages import LANGUAGE_CODES

if TYPE_CHECKING:
    from portal.directory.models import User

LIMITS: dict[str, int] = {"title": TITLE_LIMIT, **TEXT_LIMITS, **BLOCK_TEXT_LIMITS}
# Without these two a translation helps nobody to decide whether to read on.
LEAST = ("title", "summary")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Original:
    """The authors' words at one revision."""

    revision: Revision
    language: str
    texts: Texts


@dataclass(frozen=True)
class Moved:
    """One text of the original that is no longer what the translation was made from."""

    name: str
    before: str
    now: str


@dataclass(frozen=True)
class Side:
    """How one language of a case stands: what readers see, and what is being worked on."""

    language: str
    checked: Translation | None
    draft: Translation | None
    original: Original

    @property
    def present(self) -> Translation | None:
        """The row that a translator goes on from."""
        return self.draft or self.checked

    @property
    def moved(self) -> list[Moved]:
        """What changed in the original since the present texts were made."""
        return moved_on(self.present, self.original)

    @property
    def missing(self) -> list[str]:
        """The texts of the original that have no translation yet."""
        texts = self.present.texts if self.present else {}
        return [name for name in self.original.texts if not texts.get(name)]


def original_of(case: CaseStudyPage) -> Original:
    """Give what is to be translated: what readers read, or the latest draft before that."""
    revision = (case.live and case.live_revision) or case.get_latest_revision()
    return Original(revision, revision.content["language"], texts_at(revision))


def texts_at(revision: Revision) -> dict[str, str]:
    """Give the translatable texts of a revision that are not empty, in the order of the case."""
    content = revision.content
    rows = rows_in_order(content.get("reusable_blocks", []))
    found = {name: content.get(name) or "" for name in TRANSLATED_FIELDS} | block_texts(rows)
    return {name: text for name, text in found.items() if text.strip()}


def label_of_text(case: CaseStudyPage, name: str) -> str:
    """Give the name of a translatable text as a person reads it."""
    return label_of_block_text(name) or label_of(case, name)


def moved_on(translation: Translation | None, original: Original) -> list[Moved]:
    """Give, field by field, what changed between a translation's source and the original."""
    source = translation.source_revision if translation else None
    if source is None or source.pk == original.revision.pk:
        return []
    before, now = texts_at(source), original.texts
    return [
        Moved(name, before.get(name, ""), now.get(name, ""))
        for name in LIMITS
        if before.get(name, "") != now.get(name, "")
    ]


def sides_of(case: CaseStudyPage) -> list[Side]:
    """Give every language but the original's, in two statements."""
    original = original_of(case)
    rows = Translation.objects.filter(case=case).select_related("source_revision", "translator")
    by_key = {(row.language, row.state): row for row in rows}
    return [
        Side(
            code,
            by_key.get((code, Translation.State.CHECKED)),
            by_key.get((code, Translation.State.DRAFT)),
            original,
        )
        for code in LANGUAGE_CODES
        if code != original.language
    ]


def side_of(case: CaseStudyPage, language: str) -> Side | None:
    """Give one language; none for the original's own and for one that is not served."""
    return next((side for side in sides_of(case) if side.language == language), None)


def waiting_for_check(user: "User") -> list[Translation]:
    """Give the translations offered to a contact point, the oldest first, without their own."""
    places = clears_for(user)
    if not places:
        return []
    rows = Translation.objects.filter(
        state=Translation.State.DRAFT,
        offered_at__isnull=False,
        case__administration__in=places,
    )
    rows = rows.exclude(writers=user).order_by("offered_at", "pk")
    return list(rows.select_related("case__administration", "translator"))
