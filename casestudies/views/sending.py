"""The end of writing: what is missing, the preview, sending, and deleting a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.checks.running import stops_of
from casestudies.models import CaseStudyPage
from casestudies.models.review import must_be_substantive
from casestudies.permissions import may_delete, may_submit
from casestudies.revising import goes_live_when_cleared, proposal_for
from casestudies.services.lifecycle import delete_draft
from casestudies.services.refusals import Refused
from casestudies.services.submission import submit_case
from casestudies.views.drafting import case_or_404, closed, frame
from casestudies.views.findings import findings_for_author
from casestudies.views.kept import keeps_what_was_typed
from casestudies.wizard.progress import missing_in
from casestudies.wizard.steps import CHECK
from portal.directory.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def check(request: SignedInRequest, number: str) -> HttpResponse:
    """Show what is missing and what the checks found; when nothing forbids it, send the case."""
    case = case_or_404(request.user, number)
    verdict = may_submit(request.user, case)
    if not verdict:
        return closed(request, case, verdict.reason, 409 if request.method == "POST" else 200)
    draft = case.get_latest_revision_as_object()
    if request.method == "POST" and not missing_in(draft) and not stops_of(draft):
        return _send(request, case)
    return _check_page(request, case, draft, 422 if request.method == "POST" else 200)


def _send(request: SignedInRequest, case: CaseStudyPage) -> HttpResponse:
    try:
        submit_case(case=case, author=request.user)
    except Refused as refusal:
        return closed(request, case, refusal.reason, 409)
    except ValidationError as error:
        draft = case.get_latest_revision_as_object()
        return _check_page(request, case, draft, 422, error.messages)
    if case.administration.clearance_required:
        messages.success(request, _("Sent to your contact point. You will hear by e-mail."))
    else:
        messages.success(request, _("Sent to the regional coordinator. You will hear by e-mail."))
    return redirect("casestudies:workspace_case", case.number)


def _check_page(
    request: SignedInRequest,
    case: CaseStudyPage,
    draft: CaseStudyPage,
    status: int,
    problems: list[str] | None = None,
) -> HttpResponse:
    context = frame(case, draft, CHECK) | {
        **findings_for_author(draft, request.user),
        "missing": missing_in(draft),
        "problems": problems or [],
        "to_contact_point": case.administration.clearance_required,
        "goes_live_when_cleared": goes_live_when_cleared(case, draft),
        "claims": proposal_for(case, draft),
        "must_be_substantive": must_be_substantive(case),
        "may_delete": may_delete(request.user, case),
    }
    return render(request, "casestudies/share/check.html", context, status=status)


@keeps_what_was_typed
def preview(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the latest text as readers will see it."""
    case = case_or_404(request.user, number)
    draft = case.get_latest_revision_as_object()
    back = "share_check" if may_submit(request.user, case) else "workspace_case"
    context = draft.get_context(request) | {
        "page": draft,
        "preview": True,
        "back_url": reverse(f"casestudies:{back}", args=[number]),
    }
    return render(request, draft.template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def delete(request: SignedInRequest, number: str) -> HttpResponse:
    """Ask, then delete a draft that was never sent."""
    case = case_or_404(request.user, number)
    verdict = may_delete(request.user, case)
    if not verdict:
        return closed(request, case, verdict.reason, 409 if request.method == "POST" else 200)
    if request.method == "POST":
        delete_draft(case=case, by=request.user)
        messages.success(request, _("The draft is deleted."))
        return redirect("casestudies:workspace")
    context = {"case": case, "draft": case.get_latest_revision_as_object(), "section": "share"}
    return render(request, "casestudies/share/delete.html", context)
