"""The review in the portal: what waits for me, and a page for each case to read and decide."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casestudies.differences import differences, judged_before
from casestudies.history import history_of
from casestudies.keeping_permissions import circles_for, may_move
from casestudies.models import CaseStudyPage
from casestudies.models.choices import ChangeKind
from casestudies.permissions import may_decide, may_restore, may_withdraw
from casestudies.review_permissions import may_assign, may_name_reviewers
from casestudies.review_reading import requests_for, rounds_for
from casestudies.revising import goes_live_when_cleared, proposal_for
from casestudies.services.actions import ACTIONS, AgreementForm, actions_for, form_of, token_of
from casestudies.services.decisions import ALREADY_DECIDED, decide
from casestudies.services.lifecycle import restore_case, withdraw_case
from casestudies.services.refusals import OutOfDate, Refused
from casestudies.services.remarks import PREFIX, RemarksForm
from casestudies.states import CaseState, state_of
from casestudies.views.drafting import case_with_id_or_404
from casestudies.views.letter import composed, letter_form
from casestudies.views.queue_page import queue_page
from casestudies.views.remarking import text_of
from portal.directory.requests import SignedInRequest

COMPOSE = "compose"


@login_required
def review_queue(request: SignedInRequest) -> HttpResponse:
    """List what waits for me, the oldest first; or what is in review near me, or overdue."""
    return render(request, "casestudies/review/queue.html", queue_page(request))


@login_required
def review_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the text, the history and what I may do; nobody else learns that the case exists."""
    return _case_page(request, case_with_id_or_404(request.user, pk))


@login_required
@require_POST
def review_act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an action of the review; what cannot be done is said on the same page."""
    case = case_with_id_or_404(request.user, pk)
    name = request.POST.get("action", "")
    if name == COMPOSE:
        return _composed(request, case)
    if name not in ACTIONS:
        raise Http404
    form, words = form_of(name)(request.POST), RemarksForm(request.POST)
    if not words.is_valid() or (not form.is_valid() and "seen" not in form.errors):
        return _case_page(request, case, form=form, words=words, chosen=name, status=422)
    task_state = case.current_workflow_task_state
    try:
        if task_state is None:
            raise Refused(ALREADY_DECIDED)
        decide(task_state=task_state, by=request.user, action=name, answers=request.POST.dict())
    except Refused as refusal:
        return _refused(request, pk, refusal, name)
    messages.success(request, _done(name, CaseStudyPage.objects.get(pk=pk)))
    return redirect("casestudies:review")


@login_required
@require_POST
def review_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a published case off the forum, with the reason."""
    case = case_with_id_or_404(request.user, pk)
    try:
        withdraw_case(case=case, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, _("The case has been withdrawn."))
    return redirect("casestudies:review_case", pk)


@login_required
@require_POST
def review_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring a withdrawn case back."""
    case = case_with_id_or_404(request.user, pk)
    try:
        restore_case(case=case, by=request.user)
    except Refused as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, _("The case is back."))
    return redirect("casestudies:review_case", pk)


def _composed(request: SignedInRequest, case: CaseStudyPage) -> HttpResponse:
    if not may_decide(request.user, case):
        return _refused(request, case.pk, Refused(may_decide(request.user, case).reason))
    fields = composed(case, request.user, request.POST)
    form = AgreementForm(initial=_initial(request, case) | fields)
    return _case_page(request, case, form=form, words=RemarksForm(initial=fields))


def _done(name: str, case: CaseStudyPage) -> str:
    if name == "clear" and not case.workflow_in_progress:
        return _("Cleared. This minor change is published, or will be on its date.")
    return {
        "clear": _("Cleared. The case now waits for the region's coordinators."),
        "publish": _("Decided. The case is published, or will be on its date."),
        "return": _("Returned. The authors have been told your reasons."),
        "decline": _("Declined. The authors have been told your reasons."),
    }[name]


def _refused(request: SignedInRequest, pk: int, refusal: Refused, chosen: str = "") -> HttpResponse:
    status = 409 if isinstance(refusal, OutOfDate) or refusal.reason == ALREADY_DECIDED else 403
    case = CaseStudyPage.objects.get(pk=pk)
    return _case_page(request, case, chosen=chosen, refusal=str(refusal.reason), status=status)


def _case_page(
    request: SignedInRequest,
    case: CaseStudyPage,
    *,
    form: AgreementForm | None = None,
    words: RemarksForm | None = None,
    chosen: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    names, state = may_name_reviewers(request.user, case), state_of(case)
    actions, rounds = actions_for(case, request.user), rounds_for(request.user, case)
    decides = may_decide(request.user, case, state)
    words = words or RemarksForm(initial=_initial(request, case))
    context: dict[str, Any] = text_of(case, request.user, words if actions else None) | {
        "state": state,
        "rounds": rounds,
        "has_reviews": any(item.is_present for item in rounds),
        **_changes(case, state),
        "asked": requests_for(case) if names else [],
        "may_assign": may_assign(request.user, case, state),
        "history": history_of(case),
        "actions": actions,
        "words": words,
        "letter": letter_form(case, rounds) if decides else None,
        "chosen": chosen,
        "revises": _revises(case, state, draft=case.get_latest_revision_as_object()),
        "form": form or AgreementForm(initial=_initial(request, case)),
        "refusal": refusal,
        "may_withdraw": may_withdraw(request.user, case),
        "may_restore": may_restore(request.user, case),
        "may_change_readers": bool(circles_for(request.user, case)),
        "may_move": may_move(request.user, case),
    }
    return render(request, "casestudies/review/case.html", context, status=status)


def _revises(case: CaseStudyPage, state: CaseState, draft: CaseStudyPage) -> dict[str, Any]:
    """Give what kind of change a new version is called, with what speaks against it."""
    if not (case.live and state.in_review):
        return {}
    return {
        "kind": draft.get_change_kind_display(),
        "note": draft.change_note,
        "is_minor": draft.change_kind == ChangeKind.MINOR,
        "goes_live": goes_live_when_cleared(case, draft),
        "claims": proposal_for(case, draft),
    }


def _changes(case: CaseStudyPage, state: CaseState) -> dict[str, Any]:
    before = judged_before(case, state)
    if before is None:
        return {}
    pairs = differences(before.text, case.get_latest_revision_as_object())
    return {"before": before, "pairs": pairs}


def _initial(request: SignedInRequest, case: CaseStudyPage) -> dict[str, str]:
    # What was typed is kept; the token is always that of the text shown on this page.
    revision = case.latest_revision
    typed = {name: text for name, text in request.POST.dict().items() if name.startswith(PREFIX)}
    return typed | {
        "seen": token_of(revision) if revision else "",
        "reasons": request.POST.get("reasons", ""),
    }
