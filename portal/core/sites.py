"""The site of a request, kept in memory: looking it up is half the work of a small page."""

from functools import lru_cache
from time import monotonic
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site

# Another process may have changed the site; this one notices after so many seconds.
KEPT_FOR = 60
_known: dict[tuple[str, str], tuple[float, Site | None]] = {}
_roots: dict[str, tuple[float, list[str]]] = {}


def remember_site(request: HttpRequest) -> None:
    """Put the site on the request the way Wagtail does, looked up only when it is asked for."""
    request._wagtail_site = SimpleLazyObject(lambda: _site_for(request))  # type: ignore[attr-defined]


def forget_sites(**_signal: Any) -> None:
    """Drop what is kept; called when a site or the page at its root is saved or deleted."""
    _known.clear()
    _roots.clear()


def address_at(url_path: str) -> str:
    """Give the address of the page at a path of the tree, in the active language.

    The same as `Page.url`, for lists that read rows and not pages; empty for a page of no site.
    """
    root = next((root for root in _root_paths() if url_path.startswith(root)), None)
    return _address(url_path[len(root) :], get_language()) if root else ""


@lru_cache(maxsize=8192)
def _address(path: str, _language: str | None) -> str:
    return reverse("wagtail_serve", args=[path])


def _root_paths() -> list[str]:
    made, found = _roots.get("all", (0.0, []))
    if monotonic() - made > KEPT_FOR or not found:
        found = [root for _pk, root, *_more in Site.get_site_root_paths()]
        _roots["all"] = (monotonic(), found)
    return found


def _site_for(request: HttpRequest) -> Site | None:
    key = (request._get_raw_host(), request.get_port())  # type: ignore[attr-defined]
    made, site = _known.get(key, (0.0, None))
    if monotonic() - made > KEPT_FOR or site is None:
        # Host names come from outside: a flood of invented ones must not fill the memory.
        if len(_known) > 100:
            _known.clear()
        site = Site._find_for_request(request)
        _known[key] = (monotonic(), site)
    return site


def _on_page_change(instance: Any, **_signal: Any) -> None:
    if isinstance(instance, Page) and instance.depth <= 2:
        forget_sites()


def watch() -> None:
    """Connect the signals after which nothing kept may be used."""
    for signal in (post_save, post_delete):
        signal.connect(forget_sites, sender=Site, dispatch_uid=f"forget_sites_{id(signal)}")
        signal.connect(_on_page_change, dispatch_uid=f"forget_root_{id(signal)}")
