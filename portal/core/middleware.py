"""Headers by kind of page, the site that a request is for, and whole acts in the admin."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONCE, SELF, UNSAFE_INLINE
from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from portal.core.admin_nonce import scripts_marked_for
from portal.core.sites import remember_site

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
FOR_PROGRAMS = ("/api/", "/metrics")


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of the language, but a program that asks for nothing is not led to a page."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave answers to programs as they are: 404 would become a redirect to a language."""
        if request.path_info.startswith(FOR_PROGRAMS):
            return response
        return super().process_response(request, response)


class PersonalPagesMiddleware:
    """Marks every answer to a signed-in person as private and never to be stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
            patch_vary_headers(response, ["Cookie"])
        return response


class AdminPolicyMiddleware:
    """Wagtail's admin needs inline styles and some scripts of its own, which carry a nonce."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/admin/"):
            return self.get_response(request)
        with scripts_marked_for(request):
            response = self.get_response(request)
        response._csp_replace = {  # type: ignore[attr-defined]
            "script-src": [SELF, NONCE],
            "style-src": [SELF, UNSAFE_INLINE],
            "img-src": [SELF, "data:", "blob:"],
            "frame-src": [SELF],
            "frame-ancestors": [SELF],
        }
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


class BrowserFeaturesMiddleware:
    """Asks browsers to refuse what no page here uses, and to keep our files to our own pages."""

    HEADERS = {
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class KnownSiteMiddleware:
    """Spares Wagtail the search for the site of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        remember_site(request)
        return self.get_response(request)


class WholeActsMiddleware:
    """Lets an act in the admin happen whole or not at all; the last of all, next to the view.

    Wagtail tells of some changes, such as a move, when they are committed already. A process that
    dies in between would leave those who listen without knowing. What is still in use cannot be
    deleted, also where Wagtail's index of what refers to what is a moment behind and lets it try.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer what changes something in one transaction; everything else goes its usual way."""
        if request.method in SAFE or not request.path.startswith("/admin/"):
            return None
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except (ProtectedError, RestrictedError):
            messages.error(request, _("It is still in use, so it was not deleted."))
            return HttpResponseRedirect(request.get_full_path())
