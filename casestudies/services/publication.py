"""Publishing what was decided: now, or on its date; and the record of published versions."""

from calendar import monthrange
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState, WorkflowState

from casestudies.authorship import authors_of, digest_of
from casestudies.models import CaseStudyPage, CaseVersion, ClearanceTask, Decision, Level
from casestudies.models.choices import ChangeKind
from casestudies.models.fields import REVIEW_AFTER_MONTHS
from casestudies.models.review import is_minor_change
from casestudies.notifications import announce_publication
from casestudies.services.refusals import Refused
from casestudies.services.submission import lock_case

if TYPE_CHECKING:
    from portal.directory.models import User

NOT_DECIDED = _("Nobody entitled has decided to publish exactly this text.")


@transaction.atomic
def publish_decided(*, workflow_state: WorkflowState, by: "User | None") -> None:
    """Publish the latest text of the workflow's case, or schedule it until its embargo ends.

    Raises `Refused` unless clearance and decision are on record for this very text.
    """
    case = lock_case(int(workflow_state.object_id))
    revision = case.latest_revision
    is_decided = _require_decision(case, workflow_state)
    day = _set_dates(revision)
    if is_decided:
        _set_record(case, revision, day)
    publish_revision(revision, by=by)


def _set_record(case: CaseStudyPage, revision: Revision, day: date) -> None:
    # What belongs to the record is set first, so that publishing carries it along.
    record = CaseStudyPage.objects.filter(pk=case.pk)
    record.filter(level=Level.SHARED).update(level=Level.VALIDATED)
    if revision.content.get("change_kind") != ChangeKind.MINOR:
        record.filter(first_published_at__isnull=False).update(review_by=review_date(day))


def publish_revision(revision: Revision, *, by: "User | None", log_action: str = "") -> None:
    """Publish a revision whose right to be published has been established by the caller."""
    fresh = Revision.objects.get(pk=revision.pk)
    fresh.publish(user=by, log_action=log_action or True, skip_permission_checks=True)


def _require_decision(case: CaseStudyPage, workflow_state: WorkflowState) -> bool:
    """Refuse what nobody decided on; say whether the region did, or a minor change was cleared."""
    content = case.latest_revision.content
    made = Decision.objects.filter(workflow_state=workflow_state, digest=digest_of(content))
    made = made.exclude(decided_by__in=authors_of(case))
    is_cleared = _cleared(made)
    if made.filter(step=Decision.Step.DECISION, kind=Decision.Kind.PUBLISHED).exists():
        if is_cleared or _clearance_skipped(workflow_state):
            return True
    elif is_cleared and is_minor_change(case, content):
        return False
    raise Refused(NOT_DECIDED)


def _cleared(decisions: "QuerySet[Decision]") -> bool:
    return decisions.filter(step=Decision.Step.CLEARANCE, kind=Decision.Kind.CLEARED).exists()


def _clearance_skipped(workflow_state: WorkflowState) -> bool:
    # A step that was switched off leaves a cancelled state or none at all: that is no clearance.
    return workflow_state.task_states.filter(
        task__in=ClearanceTask.objects.all(), status=TaskState.STATUS_SKIPPED
    ).exists()


def _set_dates(revision: Revision) -> date:
    """Set the day of publishing in the text, and give it."""
    content = revision.content
    embargo = content.get("embargo_until")
    day = date.fromisoformat(embargo) if embargo else None
    later = day if day and day > timezone.localdate() else None
    content["go_live_at"] = datetime.combine(later, time(), UTC).isoformat() if later else None
    content["expire_at"] = None
    start = later or timezone.localdate()
    if not content.get("review_by"):
        content["review_by"] = review_date(start).isoformat()
    revision.save(update_fields=["content"])
    return start


def review_date(start: date) -> date:
    """Give the day by which a case published on a day is to be reviewed."""
    year, month = divmod(start.year * 12 + start.month - 1 + REVIEW_AFTER_MONTHS, 12)
    last_day = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last_day))


def publish_embargoed_cases() -> list[int]:
    """Publish every case whose date has come, one transaction each, and give their ids.

    One that fails does not hold the others back: they are published, then its error is raised.
    """
    due = Revision.objects.filter(
        approved_go_live_at__lte=timezone.now(),
        content_type=ContentType.objects.get_for_model(CaseStudyPage),
    ).order_by("-approved_go_live_at", "-pk")
    published: list[int] = []
    with ExitStack() as others:
        for pk in due.values_list("pk", flat=True):
            others.callback(_publish_when_due, pk, published)
    return published


@transaction.atomic
def _publish_when_due(revision_pk: int, published: list[int]) -> None:
    revision = Revision.objects.get(pk=revision_pk)
    case = lock_case(int(revision.object_id))
    revision.refresh_from_db()
    due = revision.approved_go_live_at
    if case.withdrawn_at or due is None or due > timezone.now():
        return
    publish_revision(revision, by=None, log_action="wagtail.publish.scheduled")
    announce_publication(lock_case(case.pk))
    published.append(case.pk)


@transaction.atomic
def record_version(*, case: CaseStudyPage, revision: Revision) -> CaseVersion:
    """Number a published text; publishing the same revision again gives the same version."""
    known = CaseVersion.objects.filter(page_id=case.pk, revision=revision).first()
    if known:
        return known
    last = CaseVersion.objects.filter(page_id=case.pk).last()
    later_kind = (
        case.change_kind if case.change_kind != ChangeKind.FIRST else ChangeKind.SUBSTANTIVE
    )
    return CaseVersion.objects.create(
        page_id=case.pk,
        number=last.number + 1 if last else 1,
        revision=revision,
        kind=later_kind if last else ChangeKind.FIRST,
        note=case.change_note,
        visibility=case.visibility,
        published_at=case.last_published_at or timezone.now(),
    )
