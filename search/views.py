"""The search page: its whole state is in the address; every control on it is a link or a form."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.languages import supported
from search.addresses import (
    addresses_to_take,
    kept_by_form,
    page_address,
    page_prefix,
    parameters_of,
    without_filters,
)
from search.atlas import places_of
from search.chips import chips_of
from search.criteria import Criteria, View
from search.facets import FACETS
from search.following.services import saved_search_of
from search.items import items_of
from search.noting import note_search
from search.rail import rail_of
from search.reading import Reading, read_criteria
from search.results import Results
from search.service import find
from search.switches import kind_links, sort_links, view_links
from search.widening import instead_of_nothing
from search.wording import heading_of, notes_of, title_of
from search.years import spread_of

if TYPE_CHECKING:
    from portal.directory.models import User

MOVED_SECONDS = 600


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what was found; a page that does not exist is 404, any other odd value is left out."""
    reading = read_asked(request)
    if reading.moved:
        return _moved(reading)
    results = find(reading.criteria, request.user)
    if not results.page_exists:
        raise Http404(_("There is no such page of results."))
    context = _context(reading, results, request.user)
    context["log_key"] = note_search(request, reading.criteria, results)
    response = render(request, "search/search_page.html", context)
    if getattr(request, "htmx", False):
        response["HX-Push-Url"] = page_address(reading.criteria)
    return response


def _moved(reading: Reading) -> HttpResponse:
    """Lead to the address of today; not kept for long, as a curator may take a name back."""
    answer = HttpResponsePermanentRedirect(page_address(reading.criteria))
    patch_cache_control(answer, max_age=MOVED_SECONDS)
    return answer


def read_asked(request: HttpRequest) -> Reading:
    """Read the search that a page or a feed is asked for; raises `Http404` for a wrong page."""
    parameters = {name: request.GET.getlist(name) for name in request.GET}
    # A size of its own is for programs: a page of results always has the same length.
    parameters.pop("size", None)
    reading = read_criteria(parameters, ui=supported(get_language()))
    if any(field == "page" for field, _reason in reading.errors):
        raise Http404(_("There is no such page of results."))
    return reading


def _context(reading: Reading, results: Results, user: "User | AnonymousUser") -> dict[str, Any]:
    criteria = reading.criteria
    heading = heading_of(criteria, results)
    shown: dict[str, Any] = (
        {"places": places_of(results, criteria)}
        if criteria.view is View.MAP
        else {"items": items_of(results, criteria)}
    )
    if not results.total:
        shown |= {"instead": instead_of_nothing(criteria, user), "asked": _regions(criteria)}
    return shown | {
        "section": "search",
        "hide_search": True,
        "criteria": criteria,
        "results": results,
        "heading": heading,
        "title": title_of(heading, criteria),
        "notes": notes_of(reading),
        "chips": chips_of(criteria),
        "rail": rail_of(results, criteria),
        "years": spread_of(results.years, criteria),
        "kind_links": kind_links(results, criteria),
        "view_links": view_links(criteria),
        "sort_links": sort_links(criteria),
        "kept": kept_by_form(criteria),
        "page_prefix": page_prefix(criteria),
        "take": addresses_to_take(criteria),
        "here": page_address(criteria),
        "query": urlencode(list(parameters_of(criteria))),
        "saved": saved_search_of(user, criteria),
        "without_filters_url": page_address(without_filters(criteria)),
        "suggested_url": _suggested(criteria, results),
        "may_be_indexed": criteria == read_criteria({}, ui=criteria.ui).criteria,
    }


def _regions(criteria: Criteria) -> list[dict[str, str]]:
    known = FACETS["region"].labels(criteria.ui)
    return [
        {"slug": slug, "label": known[slug].label, "url": f"/{criteria.ui}/{slug}/"}
        for slug in criteria.chosen("region")
    ]


def _suggested(criteria: Criteria, results: Results) -> str:
    if not results.did_you_mean:
        return ""
    return page_address(replace(criteria, text=results.did_you_mean, page=1))
