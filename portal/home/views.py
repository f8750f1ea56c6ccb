"""The front door, the choice of a language, the collections, robots, and the design page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe

from portal.core.languages import LANGUAGE_CODES, supported
from portal.home.selectors import collection_rows
from portal.home.showcase import showcase

# Pages of one person, and forms: nothing for search engines.
CLOSED_TO_ROBOTS = ("accounts", "share", "workspace", "review")
A_YEAR = 365 * 24 * 60 * 60


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead to the reader's language: the one chosen before, else the browser's first we serve."""
    code = supported(get_language_from_request(request))
    response = HttpResponseRedirect(f"/{code}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return _remembering(response, code)


@require_safe
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and lead back to the same page in it; 404 for one we do not serve."""
    if code not in LANGUAGE_CODES:
        raise Http404
    return _remembering(HttpResponseRedirect(_in_language(request, code)), code)


def _in_language(request: HttpRequest, code: str) -> str:
    target = request.GET.get("next", "")
    first, _, rest = target.lstrip("/").partition("/")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return f"/{code}/{rest}" if safe and first in LANGUAGE_CODES else f"/{code}/"


def _remembering(response: HttpResponse, code: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    """List every published collection."""
    about = {"rows": collection_rows(request.user), "section": "collections"}
    return render(request, "home/collections.html", about)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where not to go, and where the map of the pages is."""
    closed = [f"Disallow: /*/{name}/" for name in CLOSED_TO_ROBOTS]
    site_map = request.build_absolute_uri("/sitemap.xml")
    lines = ["User-agent: *", "Disallow: /admin/", *closed, "", f"Sitemap: {site_map}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every component with its states, for those who build pages."""
    return render(request, "home/design.html", showcase(supported(get_language())))
