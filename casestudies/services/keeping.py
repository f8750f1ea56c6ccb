"""A published case between two versions: its readers, whose it is, and that it is still true."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log

from casestudies.keeping_permissions import may_change_visibility, may_confirm, may_move
from casestudies.models import CaseStudyPage, CaseVersion, Confirmation
from casestudies.notifications import (
    announce_change,
    announce_parting,
    contact_points,
    owners_of,
)
from casestudies.services.library_moves import take_materials_along
from casestudies.services.places import administration_page_for
from casestudies.services.publication import review_date
from casestudies.services.refusals import Refused, require
from casestudies.services.submission import lock_case
from casestudies.signals import case_record_changed

if TYPE_CHECKING:
    from portal.directory.models import Administration, User

WORDS_LIMIT = 300


@transaction.atomic
def change_visibility(*, case: CaseStudyPage, by: "User", to: str, reason: str) -> CaseStudyPage:
    """Open a published case to more readers, or to fewer, at once and in search too.

    Its present version goes along; older ones stay for those they were for.
    Raises `Refused` when the person may not, or gave no reason.
    """
    record = lock_case(case.pk)
    require(may_change_visibility(by, record, to))
    words = _reason(reason)
    CaseStudyPage.objects.filter(pk=record.pk).update(visibility=to)
    present = CaseVersion.objects.filter(page_id=record.pk).last()
    if present:
        CaseVersion.objects.filter(pk=present.pk).update(visibility=to)
    return _done(record, by, "visibility_changed", reason=words, now=to)


@transaction.atomic
def move_case(
    *, case: CaseStudyPage, by: "User", administration: "Administration", reason: str
) -> CaseStudyPage:
    """Give a case that was published to another administration, with its pictures and files.

    Number and permanent address stay. Raises `Refused` when the person may not, or gave no reason.
    """
    record = lock_case(case.pk)
    require(may_move(by, record, administration))
    words = _reason(reason)
    parent = administration_page_for(administration=administration)
    take_materials_along(case=record, to=administration)
    before, former = record.administration, contact_points(record) | owners_of(record)
    CaseStudyPage.objects.filter(pk=record.pk).update(administration=administration)
    record.administration = administration
    place = MovePageAction(record, parent, pos="last-child", user=by)
    place.execute(skip_permission_checks=True)
    moved = _done(record, by, "moved", reason=words, now=administration.name, before=before.name)
    announce_parting(moved, former, by)
    return moved


@transaction.atomic
def confirm_case(*, case: CaseStudyPage, by: "User", note: str = "") -> Confirmation:
    """Put on record that a published case is still true, which holds for the usual time.

    Raises `Refused` when the person may not, or the note is too long.
    """
    record = lock_case(case.pk)
    require(may_confirm(by, record))
    words = note.strip()
    if len(words) > WORDS_LIMIT:
        raise Refused(_("The note may have at most 300 characters."))
    until = review_date(timezone.localdate())
    CaseStudyPage.objects.filter(pk=record.pk).update(review_by=until)
    confirmation = Confirmation.objects.create(
        page=record, note=words, review_by=until, confirmed_by=by
    )
    log(record, "casestudies.confirmed", user=by, data={"reason": words})
    case_record_changed.send(sender=CaseStudyPage, instance=lock_case(record.pk))
    return confirmation


def _reason(words: str) -> str:
    reason = words.strip()
    if not reason or len(reason) > WORDS_LIMIT:
        raise Refused(_("Give the reason, in at most 300 characters."))
    return reason


def _done(record: CaseStudyPage, by: "User", act: str, **data: Any) -> CaseStudyPage:
    log(record, f"casestudies.{act}", user=by, data=data)
    changed = lock_case(record.pk)
    case_record_changed.send(sender=CaseStudyPage, instance=changed)
    announce_change(act, changed, by)
    return changed
