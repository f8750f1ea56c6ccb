"""What every page of writing needs: the draft or a 404, its state, its frame, its closed door."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Revision

from casestudies.models import CaseStudyPage
from casestudies.permissions import may_see_draft
from casestudies.states import state_of
from casestudies.together import co_authors_of
from casestudies.wizard.progress import extra_progress_of, full_of, progress_of, snapshot_of
from portal.directory.models import User
from portal.directory.requests import SignedInRequest

TYPED_ELSEWHERE = frozenset({"csrfmiddlewaretoken", "action", "base", "seen"})


def case_or_404(user: User, number: str) -> CaseStudyPage:
    """Give a case whose draft this person may see; for anybody else it does not exist."""
    return _seen_or_404(user, number=number)


def case_with_id_or_404(user: User, pk: int) -> CaseStudyPage:
    """Give the same for the pages of the review, whose addresses have the page's id."""
    return _seen_or_404(user, pk=pk)


def _seen_or_404(user: User, **which: str | int) -> CaseStudyPage:
    cases = CaseStudyPage.objects.select_related("administration__region", "latest_revision__user")
    case = cases.filter(**which).first()
    if case is None or not may_see_draft(user, case):
        raise Http404
    return case


def frame(case: CaseStudyPage, draft: CaseStudyPage, current: str) -> dict[str, Any]:
    """Give what the frame of every screen shows: screens, state of saving."""
    return {
        "case": case,
        "draft": draft,
        "section": "share",
        "steps": progress_of(draft, current),
        "extra_steps": extra_progress_of(draft, current),
        "saved": saved_words(case.latest_revision),
        "co_authors": co_authors_of(case),
        "snapshot": snapshot_of(draft),
        "full": full_of(draft),
    }


def saved_words(revision: Revision) -> str:
    """Say when the latest text was saved, with the day when it was not today."""
    at: datetime = timezone.localtime(revision.created_at)
    when = {"time": f"{at:%H:%M}", "date": date_format(at, "DATE_FORMAT")}
    if at.date() == timezone.localdate():
        return _("Saved at %(time)s (UTC)") % when
    return _("Saved on %(date)s at %(time)s (UTC)") % when


def closed(
    request: SignedInRequest, case: CaseStudyPage, reason: str | Promise, status: int = 200
) -> HttpResponse:
    """Say why nothing can be written now, and show what was sent, so that nothing is lost."""
    context = {
        "case": case,
        "draft": case.get_latest_revision_as_object(),
        "state": state_of(case),
        "reason": reason,
        "typed": typed_texts(request.POST, case),
        "section": "share",
    }
    return render(request, "casestudies/share/closed.html", context, status=status)


def typed_texts(data: QueryDict, case: CaseStudyPage) -> list[str]:
    """Give the texts of a form that could not be saved, for copying."""
    return [
        value
        for key, values in data.lists()
        if key not in TYPED_ELSEWHERE
        for value in values
        if len(value) > 20
    ]
