"""Drafts: made once, saved step by step, never over somebody else's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from casestudies.models import CaseStudyPage
from casestudies.models.choices import ChangeKind
from casestudies.permissions import may_create, may_edit
from casestudies.services.numbers import next_case_number
from casestudies.services.places import place_case
from casestudies.services.refusals import require
from casestudies.services.submission import lock_case
from casestudies.wizard.steps import question_named

if TYPE_CHECKING:
    from portal.directory.models import Administration, User


@dataclass(frozen=True)
class Saved:
    """The answers are in the latest revision; `changed` is False when nothing was new."""

    revision: Revision
    changed: bool


@dataclass(frozen=True)
class Clash:
    """One question that two people answered at the same time, each in their own way."""

    name: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Conflict:
    """Nothing was saved: somebody else changed the same answers meanwhile."""

    revision: Revision
    clashes: tuple[Clash, ...]


@transaction.atomic
def create_case(
    *,
    author: "User",
    administration: "Administration",
    language: str,
    title: str,
    key: UUID | None = None,
) -> CaseStudyPage:
    """Start a draft with its number, its page and its first revision.

    `key` stands for one press of the button: pressed twice, it gives the same draft.
    Raises `Refused` when the author does not write for the administration.
    """
    require(may_create(author, administration))
    # Taking the number first makes a second press wait until the first has finished.
    number = next_case_number()
    if key and (known := CaseStudyPage.objects.filter(translation_key=key, owner=author).first()):
        return known
    case = place_case(
        case=CaseStudyPage(language=language, title=title, owner=author, number=number),
        administration=administration,
        key=key,
    )
    case.save_revision(user=author, clean=False)
    return case


@transaction.atomic
def save_answers(
    *, case: CaseStudyPage, author: "User", answers: Mapping[str, Any], base_revision_id: int
) -> Saved | Conflict:
    """Write the answers of one screen onto the latest revision, and nothing else.

    What the author left as it was in the base revision stays as the latest one has it.
    Raises `Refused` when the author may not edit the case now, ValidationError for a base
    revision that is not one of this case.
    """
    record = lock_case(case.pk)
    require(may_edit(author, record))
    latest_revision = record.get_latest_revision()
    latest = latest_revision.as_object()
    base_revision = _base_revision(record, base_revision_id, latest_revision)
    base = latest if base_revision == latest_revision else base_revision.as_object()
    changed = _changed(answers, base, latest)
    clashes = tuple(
        Clash(name, answers[name], theirs)
        for name in changed
        if (theirs := question_named(name).read(latest)) != question_named(name).read(base)
    )
    if clashes and _others_wrote_since(record, base_revision, author):
        return Conflict(latest_revision, clashes)
    if not changed:
        return Saved(latest_revision, changed=False)
    if latest_revision.pk == record.live_revision_id:
        # The note of the published version says nothing about the one that begins here.
        latest.change_kind, latest.change_note = ChangeKind.FIRST, ""
    for name in changed:
        question_named(name).write(latest, answers[name])
    return Saved(latest.save_revision(user=author, clean=False), changed=True)


def _changed(answers: Mapping[str, Any], base: CaseStudyPage, latest: CaseStudyPage) -> list[str]:
    """Give the names whose answer is new, both to what the author saw and to what there is."""
    return [
        name
        for name, answer in answers.items()
        if answer != question_named(name).read(base) and answer != question_named(name).read(latest)
    ]


def _base_revision(case: CaseStudyPage, pk: int, latest: Revision) -> Revision:
    if pk == latest.pk:
        return latest
    found = Revision.objects.for_instance(case).filter(pk=pk).first()
    if found is None:
        raise ValidationError(_("This form does not belong to this case. Open the page again."))
    return found


def _others_wrote_since(case: CaseStudyPage, base: Revision, author: "User") -> bool:
    since = Revision.objects.for_instance(case).filter(pk__gt=base.pk)
    return since.exclude(user=author).exists()
