"""Closed pages: what stands under them is hidden by one word to the engine, however much it is."""

from functools import lru_cache
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, Value
from wagtail.models import Page

from casestudies.models import CaseStudyPage, CollectionPage
from portal.core.statements import Statement
from search.criteria import Audience
from search.outbox import concealed_from, denied_ids

PAGE = "page"


class Hidden(NamedTuple):
    """What an audience must not find, whatever the index holds: objects, and all under pages."""

    denied: tuple[str, ...]
    closed: tuple[str, ...]


def hidden_from(audience: Audience) -> Hidden:
    """Say what is hidden now, with one statement as long as no withdrawal is on its way.

    Pages with others below them that are unpublished or restricted are read from the pages
    themselves with every search: closing one hides everything under it with the change itself.
    """
    types = ContentType.objects.get_for_models(*holders()).values()
    rows = set(map(tuple, _concealed(audience, tuple(kind.pk for kind in types)).run()))
    closed = sorted(pk for kind, pk in rows if kind == PAGE)
    denied = denied_ids(audience) if len(closed) < len(rows) else ()
    return Hidden(denied, tuple(map(str, closed)))


@lru_cache(maxsize=8)
def _concealed(audience: Audience, types: tuple[int, ...]) -> Statement:
    holding = Page.objects.order_by().filter(content_type__in=types)
    closed = holding.filter(Q(live=False) | Q(view_restrictions__isnull=False))
    pages = closed.annotate(kind=Value(PAGE)).values_list("kind", "pk")
    changes = concealed_from(audience).values_list("kind", "object_id")
    return Statement(changes.union(pages, all=True))


@lru_cache(maxsize=1)
def holders() -> tuple[type[Page], ...]:
    """Give the kinds of pages that cases and collections may stand under, at any height."""
    found: dict[type[Page], None] = {}
    waiting: list[type[Page]] = [CaseStudyPage, CollectionPage]
    while waiting:
        for parent in waiting.pop().allowed_parent_page_models():
            if parent not in found:
                found[parent] = None
                waiting.append(parent)
    return tuple(found)
