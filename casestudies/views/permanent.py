"""The permanent address of a case: it leads to the page, wherever that has moved."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from casestudies.models import CaseStudyPage
from casestudies.readers.finding import case_at, withdrawn_case_at
from portal.core.languages import supported


@require_safe
def permanent_address(request: HttpRequest, number: str) -> HttpResponse:
    """Lead to the case; 410 if it was withdrawn in public, 404 for whoever may not read it."""
    case = case_at(request.user, language=supported(get_language()), number=number)
    if case is not None:
        query = request.GET.urlencode()
        return HttpResponseRedirect(case.get_url(request) + (f"?{query}" if query else ""))
    withdrawn = withdrawn_case_at(number=number)
    if withdrawn is None:
        raise Http404
    return gone(request, withdrawn)


def gone(request: HttpRequest, case: CaseStudyPage) -> HttpResponse:
    """Say that a case was withdrawn, with its number and title and nothing else."""
    about = {
        "number": case.number,
        "case_title": case.title,
        "case_language": case.language,
    }
    return render(request, "410.html", about, status=410)
