"""Addresses at which any search is taken away as a file, and the search itself by a browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja.throttling import UserRateThrottle

from portal.core.csv_files import KIND, Cell, as_csv
from search.engines.base import EngineDown
from search.exports.files import as_xlsx
from search.exports.rows import heads, rows_of
from search.service import find_all
from search.views import read_asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TRY_AGAIN_SECONDS = 60
Writer = Callable[[list[str], list[list[Cell]]], bytes]


class ExportThrottle(UserRateThrottle):
    """Counts the files of a person or an address apart from what programs ask of the API."""

    scope = "export"


@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:
    """Answer everything a search finds, as text with commas."""
    return _file(request, "csv", KIND, as_csv)


@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """Answer everything a search finds, as a workbook."""

    def write(heads: list[str], rows: list[list[Cell]]) -> bytes:
        return as_xlsx(heads, rows, title=_("Results"), mirrored=get_language_bidi())

    return _file(request, "xlsx", XLSX, write)


def _file(request: HttpRequest, ending: str, kind: str, write: Writer) -> HttpResponse:
    throttle = ExportThrottle(settings.EXPORT_RATE)
    if not throttle.allow_request(request):
        words = _("You have taken many files away. Please try again in a moment.")
        return _refusal(words, 429, round(throttle.wait() or TRY_AGAIN_SECONDS))
    criteria = read_asked(request).criteria
    try:
        # All of it before the first byte is sent: a file that ends too early looks whole.
        rows = list(rows_of(find_all(criteria, request.user), request))
    except EngineDown:
        words = _("Search is limited just now, so the list would not be whole. Please try later.")
        return _refusal(words, 503, TRY_AGAIN_SECONDS)
    name = f"customs-forum-{timezone.localdate():%Y-%m-%d}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(write(heads(), rows), content_type=kind, headers=headers)


def _refusal(words: str, status: int, seconds: int) -> HttpResponse:
    headers = {"Retry-After": str(max(1, seconds))}
    return HttpResponse(
        words, status=status, headers=headers, content_type="text/plain; charset=utf-8"
    )


@require_safe
def open_search(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers and programs, by the OpenSearch format."""
    words = {"origin": f"{request.scheme}://{request.get_host()}"}
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "search/opensearch.xml", words, content_type=kind)
