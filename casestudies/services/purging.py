"""Drafts that were begun and abandoned with nothing in them are dropped after a stated time."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from casestudies.models import CaseStudyPage, Decision
from casestudies.services.submission import lock_case
from casestudies.wizard.steps import all_questions

EMPTY_FOR = timedelta(days=30)
# Asked before a draft exists, so these answers say nothing about whether somebody wrote in it.
ASKED_AT_THE_START = ("title", "language")


def purge_empty_drafts() -> int:
    """Delete the drafts in which nothing was answered for thirty days; give how many.

    Only drafts that were never sent, imported or published, and for which no filled template waits.
    Their numbers are not given again.
    """
    quiet = CaseStudyPage.objects.filter(
        live=False,
        first_published_at__isnull=True,
        external_id__isnull=True,
        filled_templates__isnull=True,
        latest_revision_created_at__lt=timezone.now() - EMPTY_FOR,
    )
    return sum(_purge_if_empty(pk) for pk in list(quiet.values_list("pk", flat=True)))


@transaction.atomic
def _purge_if_empty(pk: int) -> bool:
    record = lock_case(pk)
    if record.latest_revision_created_at > timezone.now() - EMPTY_FOR or _was_sent(record):
        return False
    if not is_untouched(record.get_latest_revision_as_object()):
        return False
    record.delete()
    return True


def _was_sent(case: CaseStudyPage) -> bool:
    sent = WorkflowState.objects.for_instance(case).exists()
    return sent or Decision.objects.filter(case=case).exists()


def is_untouched(draft: CaseStudyPage) -> bool:
    """Say whether nothing was answered but what is asked before a draft exists."""
    blank = CaseStudyPage()
    return all(
        question.read(draft) == question.read(blank)
        for question in all_questions()
        if question.name not in ASKED_AT_THE_START
    )
