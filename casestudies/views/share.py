"""Sharing an experience: the start page and the screens on which a draft is written."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from casestudies.permissions import may_write
from casestudies.services.drafts import create_case
from casestudies.services.purging import EMPTY_FOR
from casestudies.views.drafting import case_or_404, closed
from casestudies.views.kept import forget_typed, keeps_what_was_typed, typed_earlier
from casestudies.views.saving import Submission, screen
from casestudies.wizard.forms import StepForm
from casestudies.wizard.progress import resume_at
from casestudies.wizard.questions import always
from casestudies.wizard.start import StartForm, drafts_of, places_of
from casestudies.wizard.steps import FULL, SNAPSHOT, step_named
from portal.directory.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponseBase:
    """Say what it takes, offer the drafts there are, and begin a new one."""
    if request.user.is_authenticated or request.method == "POST":
        return _start_signed_in(request)
    return render(request, "casestudies/share/start.html", _what_it_takes())


def _what_it_takes() -> dict[str, Any]:
    return {
        "section": "share",
        "screens": [step for step in SNAPSHOT if step.asked is always],
        "full_minutes": sum(step.minutes for step in FULL),
        "empty_days": EMPTY_FOR.days,
    }


@keeps_what_was_typed
def _start_signed_in(request: SignedInRequest) -> HttpResponse:
    places = places_of(request.user)
    sent = request.POST if request.method == "POST" else None
    form = StartForm(data=sent, typed=typed_earlier(request), places=places)
    if sent is not None and places and form.is_valid():
        case = create_case(author=request.user, **form.cleaned_data)
        forget_typed(request)
        return redirect("casestudies:share_resume", case.number)
    context = _what_it_takes() | {
        "form": form if places else None,
        "drafts": drafts_of(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "casestudies/share/start.html", context, status=status)


@keeps_what_was_typed
def resume(request: SignedInRequest, number: str) -> HttpResponse:
    """Go to the first screen where something is missing."""
    case = case_or_404(request.user, number)
    slug = resume_at(case.get_latest_revision_as_object())
    return redirect("casestudies:share_step", number, slug)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def step(request: SignedInRequest, number: str, slug: str) -> HttpResponse:
    """Show one screen, or save what was sent from it."""
    case = case_or_404(request.user, number)
    draft = case.get_latest_revision_as_object()
    wanted = step_named(slug, draft)
    if wanted is None:
        raise Http404
    verdict = may_write(request.user, case)
    if not verdict:
        return closed(request, case, verdict.reason, 409 if request.method == "POST" else 200)
    if request.method == "POST":
        return Submission(request, case, draft, wanted).answer()
    typed = typed_earlier(request)
    form = StepForm(wanted, case=draft, author=request.user, typed=typed)
    return screen(request, case, draft, form, base=typed.get("base", "") if typed else "")
