"""What scripts ask and tell beside a page: suggestions, experiences like one, the result chosen."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from ninja.throttling import UserRateThrottle

from casestudies.models import CaseStudyPage
from portal.core.languages import direction, supported
from search.log import UnknownEntry, record_click
from search.similar import similar_cases
from search.suggestions import EXPERIENCES, PLACES, TOPICS, Group, Suggestion, suggest

# In the reader's browser only: what was withdrawn must not stay with a proxy.
KEPT_SECONDS = 60
RANK = re.compile("[0-9]{1,4}")
GROUPS: dict[str, str | Promise] = {
    TOPICS: gettext_lazy("Topics"),
    PLACES: gettext_lazy("Members and regions"),
    EXPERIENCES: gettext_lazy("Experiences"),
}


class SuggestThrottle(UserRateThrottle):
    """Counts questions asked while typing apart from those to the API."""

    scope = "suggest"


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer what was typed with at most eight things to go to, as JSON in groups."""
    throttle = SuggestThrottle(settings.SUGGEST_RATE)
    if not throttle.allow_request(request):
        return JsonResponse({}, status=429, headers={"Retry-After": "60"})
    language = supported(get_language())
    groups = suggest(request.GET.get("q", ""), request.user, language)
    return kept_by_the_browser(JsonResponse(_answer(groups)))


@require_safe
def similar(request: HttpRequest, number: str) -> HttpResponse:
    """Give a part of a page: experiences like this one, each with the reason; empty without any."""
    cases = CaseStudyPage.objects.visible_to(request.user).select_related("administration__region")
    case = cases.filter(number=number).first()
    if case is None:
        raise Http404
    found = similar_cases(case, request.user, supported(get_language()))
    return kept_by_the_browser(render(request, "search/similar.html", {"similar": found}))


@csrf_exempt
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """Note which result of a search was chosen; its signed key is all that is asked for.

    A beacon carries no token, and whoever forges one without the key changes nothing.
    """
    rank = request.POST.get("rank", "")
    try:
        record_click(request.POST.get("key", ""), int(rank) if RANK.fullmatch(rank) else 0)
    except UnknownEntry:
        return HttpResponseBadRequest()
    return HttpResponse(status=204)


def kept_by_the_browser(response: HttpResponse) -> HttpResponse:
    """Let the reader's own browser use an answer again for a minute."""
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    return response


def _answer(groups: Iterable[Group]) -> dict[str, Any]:
    count = sum(len(group.items) for group in groups)
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", count) % {"count": count}
    return {
        "said": said if count else _("No suggestions"),
        "groups": [
            {
                "name": group.name,
                "label": str(GROUPS[group.name]),
                "items": [_item(item) for item in group.items],
            }
            for group in groups
        ],
    }


def _item(item: Suggestion) -> dict[str, str]:
    return {
        "kind": item.kind,
        "label": item.label,
        "lang": item.language,
        "dir": direction(item.language),
        "note": item.note,
        "url": item.url,
    }
