"""Translating: saved field by field, offered for clearance, checked, taken off again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log
from wagtail.models import Revision

from casestudies.models import CaseStudyPage, Translation
from casestudies.notifications import announce_translation, contact_points
from casestudies.permissions import (
    may_check_translation,
    may_take_off_translation,
    may_translate,
)
from casestudies.services.actions import REASONS_LIMIT
from casestudies.services.refusals import OutOfDate, Refused, require
from casestudies.services.submission import lock_case
from casestudies.translating import LEAST, LIMITS, moved_on, original_of, side_of
from portal.core.text import clean_text, count_characters

if TYPE_CHECKING:
    from portal.directory.models import User

State = Translation.State
NO_SUCH_DRAFT = gettext_lazy("There is no translation to work on in this language.")


@transaction.atomic
def save_translation(
    *,
    case: CaseStudyPage,
    language: str,
    by: "User",
    texts: Mapping[str, str],
    source_revision_id: int,
    seen: str,
) -> Translation:
    """Save what was translated so far from a revision of the original.

    `seen` is the token of the draft that the person went on from, empty where there was none.
    Raises `Refused`, `OutOfDate` when a colleague saved meanwhile, ValidationError by field.
    """
    record = lock_case(case.pk)
    require(may_translate(by, record))
    side = side_of(record, language)
    if side is None:
        raise Refused(_("The case is not translated into this language."))
    if (side.draft.token if side.draft else "") != seen:
        raise OutOfDate
    kept = _checked_texts(texts)
    source = Revision.objects.for_instance(record).filter(pk=source_revision_id).first()
    if source is None:
        raise ValidationError(_("This translation was made from a text that is not of this case."))
    draft = side.draft or Translation(case=record, language=language)
    if draft.pk and (draft.texts, draft.source_revision_id) == (kept, source.pk):
        return draft
    draft.texts, draft.source_revision, draft.translator = kept, source, by
    draft.offered_at = None
    draft.save()
    draft.writers.add(by)
    return draft


def _checked_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Give the texts cleaned, without the empty ones; raise ValidationError by field."""
    cleaned = {name: clean_text(texts.get(name, "")) for name in LIMITS}
    over = {
        name: count_characters(text) - LIMITS[name]
        for name, text in cleaned.items()
        if count_characters(text) > LIMITS[name]
    }
    if over:
        raise ValidationError({name: too_long(number, name) for name, number in over.items()})
    return {name: text for name, text in cleaned.items() if text}


def too_long(over: int, name: str) -> str:
    """Say by how much a text has to be shortened."""
    return ngettext(
        "Shorten this text by %(over)s character: it may have %(limit)s.",
        "Shorten this text by %(over)s characters: it may have %(limit)s.",
        over,
    ) % {"over": over, "limit": LIMITS[name]}


@transaction.atomic
def offer_translation(*, case: CaseStudyPage, language: str, by: "User", seen: str) -> Translation:
    """Tell the contact point that a translation is ready to be checked.

    Raises `Refused` when the person may not, or it is not finished; `OutOfDate` when it moved on.
    """
    record = lock_case(case.pk)
    require(may_translate(by, record))
    draft = _finished_draft(record, language, seen)
    draft.offered_at, draft.reasons = timezone.now(), ""
    draft.save()
    announce_translation("offered", record, contact_points(record) - _writers(draft))
    return draft


@transaction.atomic
def check_translation(*, case: CaseStudyPage, language: str, by: "User", seen: str) -> Translation:
    """Show a draft to readers from now on, in the place of what they saw before.

    Raises `Refused` when the person may not, or it is not finished; `OutOfDate` when it moved on.
    """
    record = lock_case(case.pk)
    draft = _finished_draft(record, language, seen)
    require(may_check_translation(by, draft))
    checked, _made = Translation.objects.update_or_create(
        case=record,
        language=language,
        state=State.CHECKED,
        defaults={
            "texts": draft.texts,
            "source_revision": draft.source_revision,
            "translator": draft.translator,
            "checked_by": by,
        },
    )
    announce_translation("checked", record, _writers(draft) - {by.pk})
    draft.delete()
    log(record, "casestudies.translation_checked", user=by, data={"language": language})
    return checked


@transaction.atomic
def return_translation(
    *, case: CaseStudyPage, language: str, by: "User", seen: str, reasons: str
) -> Translation:
    """Give an offered draft back to its translators with the reasons.

    Raises `Refused` when the person may not, or gave no reasons; `OutOfDate` when it moved on.
    """
    record = lock_case(case.pk)
    draft = _draft(record, language, seen)
    require(may_check_translation(by, draft))
    words = clean_text(reasons)
    if not words or len(words) > REASONS_LIMIT:
        raise Refused(_("Give your reasons."))
    draft.offered_at, draft.reasons = None, words
    draft.save()
    announce_translation("returned", record, _writers(draft) - {by.pk})
    return draft


@transaction.atomic
def drop_translation(*, case: CaseStudyPage, language: str, by: "User", seen: str) -> None:
    """Throw a draft away; what readers see stays. Raises `Refused`, `OutOfDate`."""
    record = lock_case(case.pk)
    require(may_translate(by, record))
    _draft(record, language, seen).delete()


@transaction.atomic
def take_off_translation(*, case: CaseStudyPage, language: str, by: "User") -> None:
    """Have readers see the original again; raises `Refused` when the person may not."""
    record = lock_case(case.pk)
    require(may_take_off_translation(by, record))
    row = Translation.objects.filter(case=record, language=language, state=State.CHECKED).first()
    if row is None:
        raise Refused(_("There is no checked translation in this language."))
    row.delete()
    log(record, "casestudies.translation_taken_off", user=by, data={"language": language})


def _writers(draft: Translation) -> set[int]:
    return set(draft.writers.values_list("pk", flat=True))


def _draft(record: CaseStudyPage, language: str, seen: str) -> Translation:
    side = side_of(record, language)
    if side is None or side.draft is None:
        raise Refused(NO_SUCH_DRAFT)
    if side.draft.token != seen:
        raise OutOfDate
    return side.draft


def _finished_draft(record: CaseStudyPage, language: str, seen: str) -> Translation:
    draft = _draft(record, language, seen)
    original = original_of(record)
    if moved_on(draft, original):
        raise Refused(_("The original has changed. Bring the translation up to date first."))
    if any(name in original.texts and not draft.texts.get(name) for name in LEAST):
        raise Refused(_("Translate at least the title and the short explanation."))
    return draft
