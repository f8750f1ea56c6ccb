"""Where the page of a case tells, once it is shown, that somebody opened it."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from ninja.throttling import UserRateThrottle

from casestudies.models import CaseStudyPage
from casestudies.services.readership import count_view
from portal.directory.permissions import standing_of

# Programs that run scripts all the same, by what they call themselves.
PROGRAMS = re.compile(r"bot|crawl|spider|slurp|archiv|preview|monitor|headless|lighthouse", re.I)


class ViewThrottle(UserRateThrottle):
    """Counts the views of one address or person that are taken; kept in the cache alone."""

    scope = "views"


@csrf_exempt
@require_POST
def seen(request: HttpRequest, number: str) -> HttpResponse:
    """Count a view of a case that this reader may read; the answer never tells whether.

    A beacon carries no token, and whoever forges one gains a number in a table.
    """
    if _is_read_by_a_person(request):
        cases = CaseStudyPage.objects.visible_to(request.user).filter(number=number)
        case = cases.values_list("pk", "administration_id").first()
        if case and not standing_of(request.user).acts_for(case[1]):
            count_view(case_id=case[0], day=timezone.localdate())
    return HttpResponse(status=204)


def _is_read_by_a_person(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    if not agent or PROGRAMS.search(agent):
        return False
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    return ViewThrottle(settings.VIEW_RATE).allow_request(request)
