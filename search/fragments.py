"""What scripts fetch beside a page: suggestions as one types."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja.throttling import UserRateThrottle

from portal.core.languages import direction, supported
from search.suggestions import EXPERIENCES, PLACES, TOPICS, Group, Suggestion, suggest

# In the reader's browser only: what was withdrawn must not stay with a proxy.
KEPT_SECONDS = 60
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
