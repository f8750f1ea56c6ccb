"""The searches a person follows: their list with counts of today, and the two buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.languages import supported
from portal.directory.requests import SignedInRequest
from search.addresses import feed_address, page_address
from search.following.services import forget_search, save_search
from search.models import SavedSearch
from search.reading import Reading, read_criteria
from search.service import totals


@dataclass(frozen=True)
class Followed:
    """A saved search as its owner sees it today; without a count while the engine is away."""

    saved: SavedSearch
    url: str
    feed_url: str
    count: int | None
    is_whole: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: SignedInRequest) -> HttpResponse:
    """List the searches that the person follows; a posted query is followed from now on."""
    if request.method == "POST":
        return _follow(request)
    context = {"followed": _rows(request)}
    return render(request, "search/following.html", context)


def _rows(request: SignedInRequest) -> list[Followed]:
    saved = list(request.user.saved_searches.all())
    readings = [_read(each.query) for each in saved]
    searches = [reading.criteria for reading in readings]
    counts: Sequence[int | None] = totals(searches, request.user) or [None] * len(saved)
    return [
        Followed(
            each,
            page_address(reading.criteria),
            feed_address(reading.criteria),
            count,
            is_whole=not reading.ignored,
        )
        for each, reading, count in zip(saved, readings, counts, strict=True)
    ]


def _follow(request: SignedInRequest) -> HttpResponse:
    criteria = _read(request.POST.get("query", "")).criteria
    try:
        save_search(user=request.user, criteria=criteria)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, _("You follow this search now."))
    return redirect(page_address(criteria))


def _read(query: str) -> Reading:
    return read_criteria(dict(QueryDict(query).lists()), ui=supported(get_language()))


@login_required
@require_POST
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    """Follow a search no longer; one of somebody else is not found."""
    saved = get_object_or_404(request.user.saved_searches, pk=pk)
    forget_search(user=request.user, saved=saved)
    messages.success(request, _("You no longer follow “%(name)s”.") % {"name": saved.name})
    return redirect("search:followed")
