"""Which pages of results are a search of their own, to be noted in the log."""

from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import UserRateThrottle

from search.addresses import asked_for
from search.criteria import Criteria
from search.log import record_search
from search.reading import read_criteria
from search.results import Results

MOST_PARAMETERS = 500


class LogThrottle(UserRateThrottle):
    """Counts the searches of one address or person that the log takes; kept in the cache alone."""

    scope = "search-log"


def note_search(request: HttpRequest, criteria: Criteria, results: Results) -> str:
    """Note a search and give the key for clicks on its results; nothing where it is none.

    The further pages, another order and a page that is shown again are the same search.
    """
    if not criteria.text or criteria.page > 1 or request.method != "GET":
        return ""
    if _is_not_looked_at(request) or _came_from_the_same(request, criteria):
        return ""
    if not LogThrottle(settings.SEARCH_LOG_RATE).allow_request(request):
        return ""
    return record_search(criteria, results)


def _is_not_looked_at(request: HttpRequest) -> bool:
    return "HX-History-Restore-Request" in request.headers or "prefetch" in request.headers.get(
        "Sec-Purpose", ""
    )


def _came_from_the_same(request: HttpRequest, criteria: Criteria) -> bool:
    before = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(before)
        asked = parse_qs(parts.query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return False
    if parts.path != request.path:
        return False
    old = read_criteria(asked, ui=criteria.ui).criteria
    return list(asked_for(old)) == list(asked_for(criteria))
