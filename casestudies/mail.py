"""One plain mail a person and step, in the person's language, with one address to go to."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from casestudies.models import CaseStudyPage, Decision, ReviewAssignment
from casestudies.models.reviewing import OPEN
from casestudies.permissions import may_read, may_see_draft
from casestudies.services.remarks import labelled
from portal.directory.models import User

SUBJECTS: dict[str, str | Promise] = {
    "to_clear": _("A case waits for your clearance: %(title)s"),
    "to_decide": _("A case waits for your region's decision: %(title)s"),
    "to_review": _("You are asked to review a case: %(title)s"),
    "review_submitted": _("A review has been sent: %(title)s"),
    "review_declined": _("A reviewer declined: %(title)s"),
    "cleared": _("Cleared and sent to the region: %(title)s"),
    "returned": _("Returned with reasons: %(title)s"),
    "declined": _("Declined with reasons: %(title)s"),
    "approved": _("Approved, to be published on its date: %(title)s"),
    "published": _("Published: %(title)s"),
    "withdrawn": _("Withdrawn from the forum: %(title)s"),
    "visibility_changed": _("Other people may read it now: %(title)s"),
    "moved": _("Given to another administration: %(title)s"),
    "translation_offered": _("A translation waits for your check: %(title)s"),
    "translation_checked": _("A translation has been checked: %(title)s"),
    "translation_returned": _("A translation has been returned: %(title)s"),
}


@task()
def send_review_mail(event: str, person_id: int, case_id: int, decision_id: int | None) -> None:
    """Write to one person about one step, unless they left or lost their part in it meanwhile."""
    person = User.objects.filter(pk=person_id, is_active=True).first()
    case = CaseStudyPage.objects.filter(pk=case_id).first()
    if person is None or case is None:
        return
    if not _may_hear_of(person, case):
        return
    decision = Decision.objects.filter(pk=decision_id).first() if decision_id else None
    with override(person.language):
        _message(event, person, case, decision).send()


def _may_hear_of(person: User, case: CaseStudyPage) -> bool:
    if may_see_draft(person, case) or (case.live and may_read(person, case)):
        return True
    return ReviewAssignment.objects.filter(case=case, reviewer=person, state__in=OPEN).exists()


def _message(
    event: str, person: User, case: CaseStudyPage, decision: Decision | None
) -> EmailMessage:
    # A line break in a title would end the header.
    title = " ".join(case.draft_title.split())
    context = {
        "event": event,
        "title": title,
        "case": case,
        "reasons": decision.reasons if decision else "",
        "remarks": labelled(decision.remarks) if decision else [],
        "withdrawn_reason": case.withdrawn_reason,
        "address": _address(event, case),
    }
    return EmailMessage(
        subject=str(SUBJECTS[event]) % {"title": title},
        body=render_to_string("casestudies/mail/review.txt", context),
        to=[person.email],
    )


def _address(event: str, case: CaseStudyPage) -> str:
    if event == "published" and case.live:
        return case.full_url
    path = reverse("casestudies:review_case", args=[case.pk])
    if event == "to_review":
        # The case opens to a reviewer only when they accept.
        path = reverse("casestudies:review")
    if event.startswith("translation_"):
        path = reverse("casestudies:translations", args=[case.number])
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
