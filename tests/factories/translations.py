"""Translations of a case, made quickly or by way of the services."""

from django.utils import timezone

from casestudies.models import CaseStudyPage, Translation
from casestudies.services.translations import (
    check_translation,
    offer_translation,
    save_translation,
    take_off_translation,
)
from casestudies.translating import original_of, side_of
from portal.directory.models import User

STATE = Translation.State


def words_for(case: CaseStudyPage, language: str) -> dict[str, str]:
    """Give a translation of every text of the original, each as its first letters and a mark."""
    return {name: f"{text[:40]} [{language}]" for name, text in original_of(case).texts.items()}


def token(case: CaseStudyPage, language: str = "fr") -> str:
    """Give the token of the draft as a page would carry it, empty where there is none."""
    side = side_of(case, language)
    return side.draft.token if side and side.draft else ""


def translate(case: CaseStudyPage, by: User, language: str = "fr", **texts: str) -> Translation:
    """Save the whole translation, with some texts as given."""
    original = original_of(case)
    return save_translation(
        case=case,
        language=language,
        by=by,
        texts=words_for(case, language) | texts,
        source_revision_id=original.revision.pk,
        seen=token(case, language),
    )


def offer(case: CaseStudyPage, by: User, language: str = "fr") -> Translation:
    """Offer what was translated so far."""
    return offer_translation(case=case, language=language, by=by, seen=token(case, language))


def offered_translation(case: CaseStudyPage) -> Translation:
    """Give a French draft that waits to be checked, as if nobody had written in it."""
    original = original_of(case)
    return Translation.objects.get_or_create(
        case=case,
        language="fr",
        state=STATE.DRAFT,
        defaults={
            "texts": words_for(case, "fr"),
            "source_revision": original.revision,
            "offered_at": timezone.now(),
        },
    )[0]


def check(case: CaseStudyPage, by: User) -> Translation:
    """Check a French translation that waits."""
    offered_translation(case)
    return check_translation(case=case, language="fr", by=by, seen=token(case))


def take_off(case: CaseStudyPage, by: User) -> None:
    """Take a checked French translation off."""
    Translation.objects.get_or_create(case=case, language="fr", state=STATE.CHECKED)
    take_off_translation(case=case, language="fr", by=by)
