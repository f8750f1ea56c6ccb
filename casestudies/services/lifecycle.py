"""After publication: taking a case off the forum, bringing it back, and dropping a draft."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Revision

from casestudies.models import CaseStudyPage, CaseVersion
from casestudies.notifications import announce_withdrawal
from casestudies.permissions import may_delete, may_restore, may_withdraw
from casestudies.services.publication import publish_revision
from casestudies.services.refusals import Refused, require
from casestudies.services.rounds import close_assignments
from casestudies.services.submission import lock_case

if TYPE_CHECKING:
    from portal.directory.models import User

WITHDRAWAL_REASON_LIMIT = 300


@transaction.atomic
def withdraw_case(*, case: CaseStudyPage, by: "User", reason: str) -> CaseStudyPage:
    """Take a published or scheduled case off the forum and end any review of a new version.

    Raises `Refused` when the person may not, or gave no reason.
    """
    record = lock_case(case.pk)
    require(may_withdraw(by, record))
    words = reason.strip()
    if not words or len(words) > WITHDRAWAL_REASON_LIMIT:
        raise Refused(_("Give the reason, in at most 300 characters."))
    review = record.current_workflow_state
    if review:
        close_assignments(review)
        review.cancel(user=by)
    record.withdrawn_at, record.withdrawn_reason = timezone.now(), words
    _take_off(record, by)
    log(record, "casestudies.withdrawn", user=by, data={"reason": words})
    announce_withdrawal(record, by)
    return record


def _take_off(record: CaseStudyPage, by: "User") -> None:
    Revision.objects.for_instance(record).update(approved_go_live_at=None)
    if record.live:
        UnpublishPageAction(record, user=by).execute(skip_permission_checks=True)
    else:
        record.save(update_fields=["withdrawn_at", "withdrawn_reason"], clean=False)


@transaction.atomic
def restore_case(*, case: CaseStudyPage, by: "User") -> CaseStudyPage:
    """Bring a withdrawn case back as it was last published; one never published is a draft again.

    Raises `Refused` when the person may not.
    """
    record = lock_case(case.pk)
    require(may_restore(by, record))
    CaseStudyPage.objects.filter(pk=record.pk).update(withdrawn_at=None, withdrawn_reason="")
    log(record, "casestudies.restored", user=by)
    version = CaseVersion.objects.filter(page_id=record.pk).select_related("revision").last()
    if version and version.revision:
        publish_revision(version.revision, by=by)
    return lock_case(record.pk)


@transaction.atomic
def delete_draft(*, case: CaseStudyPage, by: "User") -> None:
    """Delete a draft that nobody has decided on; its number is never given again.

    Raises `Refused` when the person may not.
    """
    record = lock_case(case.pk)
    require(may_delete(by, record))
    record.delete(user=by)
