"""The coordinator's page of a case's reviewers: who was asked, whom to ask, and why them."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casestudies.models import CaseStudyPage, ReviewAssignment
from casestudies.models.reviewing import COUNTED
from casestudies.review_permissions import may_assign, may_name_reviewers
from casestudies.review_reading import requests_for
from casestudies.reviewers import proposals_for
from casestudies.services.refusals import Refused
from casestudies.services.reviewing import (
    REVIEWERS_LIMIT,
    invite_reviewer,
    take_back_invitation,
    take_over_review,
)
from casestudies.states import state_of
from casestudies.views.drafting import case_with_id_or_404
from casestudies.views.queue_rows import age_in_words, days_since
from portal.directory.models import User
from portal.directory.requests import SignedInRequest


@login_required
def reviewers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who reviews the case and who could."""
    return _page(request, _case_or_404(request, pk))


@login_required
@require_POST
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask somebody for a review."""
    case = _case_or_404(request, pk)
    chosen = request.POST.get("reviewer", "")
    person = User.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if person is None:
        raise Http404
    done = _("Asked: %(person)s") % {"person": person}
    return _try(
        request, case, done, lambda: invite_reviewer(case=case, reviewer=person, by=request.user)
    )


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Free the place of somebody who was asked."""
    assignment = _request_or_404(request, pk)
    done = _("The request has been taken back.")
    return _try(
        request,
        assignment.case,
        done,
        lambda: take_back_invitation(assignment=assignment, by=request.user),
    )


@login_required
@require_POST
def take_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Review in the place of somebody who is silent."""
    assignment = _request_or_404(request, pk)
    try:
        own = take_over_review(
            assignment=assignment,
            by=request.user,
            no_conflict=request.POST.get("no_conflict") == "on",
        )
    except Refused as refusal:
        return _page(request, assignment.case, str(refusal.reason))
    return redirect("casestudies:review_asked", own.pk)


def _try(
    request: SignedInRequest, case: CaseStudyPage, done: str, call: Callable[[], object]
) -> HttpResponse:
    try:
        call()
    except Refused as refusal:
        return _page(request, case, str(refusal.reason))
    messages.success(request, done)
    return redirect("casestudies:review_reviewers", case.pk)


def _case_or_404(request: SignedInRequest, pk: int) -> CaseStudyPage:
    case = case_with_id_or_404(request.user, pk)
    # Whoever may not know the reviewers' names is told what a stranger is told.
    if not may_name_reviewers(request.user, case):
        raise Http404
    return case


def _request_or_404(request: SignedInRequest, pk: int) -> ReviewAssignment:
    assignment = ReviewAssignment.objects.filter(pk=pk).first()
    if assignment is None:
        raise Http404
    assignment.case = _case_or_404(request, assignment.case_id)
    return assignment


def _page(request: SignedInRequest, case: CaseStudyPage, refusal: str = "") -> HttpResponse:
    verdict, draft = may_assign(request.user, case), case.get_latest_revision_as_object()
    asked = list(requests_for(case)) if verdict else []
    is_room = sum(item.state in COUNTED for item in asked) < REVIEWERS_LIMIT
    context = {
        "case": case,
        "draft": draft,
        "state": state_of(case),
        "refusal": refusal or ("" if verdict else verdict.reason),
        "asked": [(item, age_in_words(days_since(item.since))) for item in asked],
        "is_room": is_room,
        "proposals": [item for item in proposals_for(case, draft) if item.person != request.user]
        if verdict
        else [],
    }
    status = 403 if refusal else 200
    return render(request, "casestudies/review/reviewers.html", context, status=status)
