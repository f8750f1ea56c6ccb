"""Closed pages: what stands under them is hidden by one word to the engine, however much it is."""

from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from casestudies.models import CaseStudyPage, CollectionPage


def closed_pages() -> tuple[str, ...]:
    """Name the pages with others below them that are unpublished or restricted now.

    It is read from the pages themselves with every search, so that closing one hides everything
    under it with the change itself, and there is nothing to record or to forget.
    """
    types = ContentType.objects.get_for_models(*holders()).values()
    closed = Page.objects.filter(content_type__in=[kind.pk for kind in types])
    closed = closed.filter(Q(live=False) | Q(view_restrictions__isnull=False))
    return tuple(str(pk) for pk in closed.order_by("pk").values_list("pk", flat=True).distinct())


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
