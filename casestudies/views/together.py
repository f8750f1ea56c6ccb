"""The page on which colleagues are asked to write along, and the answer to who writes now."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casestudies.models import CoAuthor
from casestudies.permissions import may_name_co_authors
from casestudies.services.refusals import Refused
from casestudies.services.together import name_co_author, note_presence, take_off_co_author
from casestudies.together import co_authors_of, colleagues_to_ask, others_here
from casestudies.views.drafting import case_or_404, closed
from casestudies.views.kept import keeps_what_was_typed
from casestudies.wizard.steps import step_named
from portal.directory.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def authors(request: SignedInRequest, number: str) -> HttpResponse:
    """Show who writes on a case; name another colleague."""
    case = case_or_404(request.user, number)
    verdict = may_name_co_authors(request.user, case)
    if not verdict:
        return closed(request, case, verdict.reason, 409 if request.method == "POST" else 200)
    colleagues = colleagues_to_ask(case)
    if request.method == "POST":
        chosen = next((p for p in colleagues if str(p.pk) == request.POST.get("person")), None)
        if chosen is not None:
            name_co_author(case=case, person=chosen, by=request.user)
            messages.success(request, _("Named. They hear of it by e-mail."))
            return redirect("casestudies:authors", number)
    context = {
        "case": case,
        "draft": case.get_latest_revision_as_object(),
        "section": "share",
        "co_authors": co_authors_of(case),
        "colleagues": colleagues,
        "is_open": request.method == "POST",
    }
    return render(
        request,
        "casestudies/workspace/authors.html",
        context,
        status=422 if context["is_open"] else 200,
    )


@require_POST
@keeps_what_was_typed
def take_off(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Take a colleague off the list of co-authors."""
    case = case_or_404(request.user, number)
    co_author = get_object_or_404(CoAuthor.objects.select_related("person"), pk=pk, case=case)
    try:
        take_off_co_author(co_author=co_author, by=request.user)
    except Refused as refusal:
        return closed(request, case, refusal.reason, 409)
    messages.success(request, _("Taken off. What they wrote stays."))
    return redirect("casestudies:authors", number)


@require_POST
def here(request: HttpRequest, number: str, slug: str) -> HttpResponseBase:
    """Note that a screen is open, and say who else writes; the script asks every half minute."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=HTTPStatus.UNAUTHORIZED)
    case = case_or_404(request.user, number)
    if step_named(slug, case) is None:
        raise Http404
    try:
        note_presence(case=case, person=request.user, screen=slug)
    except Refused:
        return JsonResponse({}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"said": others_here(case, request.user, slug)})
