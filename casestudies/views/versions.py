"""The public page of a case's versions: when, what changed, and any two side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from casestudies.readers.finding import case_at, withdrawn_case_at
from casestudies.readers.versions import (
    CompareForm,
    comparison_of,
    happenings_of,
    versions_for,
)
from casestudies.views.permanent import gone
from portal.core.languages import supported


@require_safe
def versions(request: HttpRequest, number: str) -> HttpResponse:
    """Show the versions that this reader may read; 404 for a pair with one that they may not."""
    case = case_at(request.user, language=supported(get_language()), number=number)
    if case is None:
        if withdrawn := withdrawn_case_at(number=number):
            return gone(request, withdrawn)
        raise Http404
    found = versions_for(request.user, case)
    asked = {name: request.GET[name] for name in CompareForm.NAMES if name in request.GET}
    form = CompareForm(found, asked or None)
    comparison = comparison_of(found, form, request.user) if asked else None
    if asked and comparison is None:
        raise Http404
    context = {
        "case": case,
        "events": happenings_of(case, found),
        "form": form if len(found) > 1 else None,
        "comparison": comparison,
    }
    return render(request, "casestudies/versions.html", context)
