"""Every address that the portal answers, as its resolver knows it."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

# What answers where nothing else does: any page of the tree, and the admin's "not found".
EVERYTHING_ELSE = {r"en/((?:[\w\-]+/)*)$", "admin/.*/$"}
PART = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:\[[^]]*\]|\\.|[^()\\])*\)")
FILLINGS = {
    "pk": "{draft.pk}",
    "page_id": "{draft.pk}",
    "number": "{draft.number}",
    "language": "fr",
    "slug": "malta",
    "kind": "administration",
}
BULK = "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/"


def every_route() -> set[str]:
    """Give the routes of the portal, written as a match names them, bulk actions each by name."""
    found = {_joined(parts) for parts in _walk(get_resolver().url_patterns)}
    return found - {BULK} | {f"admin/bulk/{name}/" for name in every_bulk_action()}


def every_bulk_action() -> set[str]:
    """Give the bulk actions as the end of their address: application, model, action."""
    bulk_action_registry._scan_for_bulk_actions()
    return {
        f"{app}/{model}/{action}"
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    }


def route_of(address: str) -> str:
    """Give the route that answers at an address; raises Resolver404 where none does."""
    path = address.partition("?")[0]
    route = resolve(path).route
    return path.lstrip("/") if route == BULK else route


def _walk(patterns: list[Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for pattern in patterns:
        parts = (*above, str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, parts)
        else:
            assert isinstance(pattern, URLPattern)
            yield parts


def _joined(parts: tuple[str, ...]) -> str:
    # As Django joins them: only the first part keeps the sign of a beginning.
    first, *others = [part for part in parts if part] or [""]
    return first + "".join(part.removeprefix("^") for part in others)


def guess_of(route: str) -> str:
    """Give an address of a route to begin with: what its parts are called says what to put in."""
    return "/" + PART.sub(_filling, route).replace("\\.", ".").replace("^", "").rstrip("$")


def _filling(part: re.Match[str]) -> str:
    return FILLINGS.get(part[1] or part[2] or "", "1")
