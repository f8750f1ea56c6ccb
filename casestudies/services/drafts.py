"""Drafts: made once, saved step by step, never over somebody else's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from casestudies.models import CaseStudyPage
from casestudies.models.choices import ChangeKind
from casestudies.permissions import may_create, may_edit
from casestudies.services.numbers import next_case_number
from casestudies.services.places import place_case
from casestudies.services.refusals import require
from casestudies.services.submission import lock_case
from casestudies.wizard.shown import Shown, mark_of, shown_now
from casestudies.wizard.steps import all_questions, question_named

if TYPE_CHECKING:
    from portal.directory.models import Administration, User


NOT_THIS_CASE = _("This form does not belong to this case. Open the page again.")


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
    *,
    case: CaseStudyPage,
    author: "User",
    answers: Mapping[str, Any],
    base_revision_id: int,
    shown: Shown | None = None,
) -> Saved | Conflict:
    """Write the answers of one screen onto the latest revision, and nothing else.

    What the author left as it was in the base revision stays as the latest one has it; `shown`
    is what the form says it showed of that revision, which may have been written over since.
    Raises `Refused` when the author may not edit the case now, ValidationError for a base
    revision that is not one of this case.
    """
    record = lock_case(case.pk)
    require(may_edit(author, record))
    latest_revision = record.get_latest_revision()
    latest = latest_revision.as_object()
    base = shown or Shown(base_revision_id)
    if not base.marks:
        base = _shown_by(record, base, latest_revision, latest)
    merge = merged(record, author, answers, base, latest)
    if merge.clashes:
        return Conflict(latest_revision, merge.clashes)
    if not merge.changed:
        return Saved(latest_revision, changed=False)
    write_answers(latest, record, {name: answers[name] for name in merge.changed})
    return Saved(latest.save_revision(user=author, clean=False), changed=True)


def write_answers(draft: CaseStudyPage, record: CaseStudyPage, answers: Mapping[str, Any]) -> None:
    """Put answers on the latest text of a case, in memory."""
    if record.latest_revision_id == record.live_revision_id:
        # The note of the published version says nothing about the one that begins here.
        draft.change_kind, draft.change_note = ChangeKind.FIRST, ""
    for name, answer in answers.items():
        question_named(name).write(draft, answer)


@dataclass(frozen=True)
class Merge:
    """What is new among the answers of a form, and where somebody else answered meanwhile."""

    changed: tuple[str, ...]
    clashes: tuple[Clash, ...]


def merged(
    record: CaseStudyPage,
    author: "User",
    answers: Mapping[str, Any],
    base: Shown,
    latest: CaseStudyPage,
) -> Merge:
    """Compare three ways: what the form showed, what its author made of it, what there is now.

    Raises ValidationError for a base revision that is not one of this case.
    """
    theirs = {name: question_named(name).read(latest) for name in answers}
    changed = tuple(
        name
        for name, answer in answers.items()
        if mark_of(answer) not in (base.marks.get(name), mark_of(theirs[name]))
    )
    apart = [name for name in changed if mark_of(theirs[name]) != base.marks.get(name)]
    if base.revision_id == record.latest_revision_id and not apart:
        return Merge(changed, ())
    others = _others_wrote_since(record, base, author)
    clashes = apart if others or base.is_restored else ()
    return Merge(changed, tuple(Clash(name, answers[name], theirs[name]) for name in clashes))


def _shown_by(
    case: CaseStudyPage, base: Shown, latest_revision: Revision, latest: CaseStudyPage
) -> Shown:
    if base.revision_id == latest_revision.pk:
        return shown_now(latest_revision, latest, all_questions())
    found = Revision.objects.for_instance(case).filter(pk=base.revision_id).first()
    if found is None:
        raise ValidationError(NOT_THIS_CASE)
    return shown_now(found, found.as_object(), all_questions())


def _others_wrote_since(case: CaseStudyPage, base: Shown, author: "User") -> bool:
    since = Revision.objects.for_instance(case).filter(pk__gte=base.revision_id)
    rows = list(since.values_list("pk", "user", "created_at"))
    if base.revision_id not in [pk for pk, _user, _at in rows]:
        raise ValidationError(NOT_THIS_CASE)
    return any(
        user != author.pk and (pk != base.revision_id or at.isoformat() != base.at)
        for pk, user, at in rows
    )
