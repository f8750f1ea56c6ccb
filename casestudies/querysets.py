"""Cases narrowed by who may read them and where they belong."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from casestudies.models.choices import Visibility
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from portal.directory.models import Administration, Region, User

DEEPEST = 6
Pages = TypeVar("Pages", bound=QuerySet[Any])


def on_open_ground(pages: Pages) -> Pages:
    """Leave out pages that are restricted or stand below an unpublished or restricted page.

    The ancestors of a page are the prefixes of its path, so one statement tells.
    """
    lineage = [Left(OuterRef("path"), Page.steplen * depth) for depth in range(1, DEEPEST + 1)]
    closed = Page.objects.filter(path__in=lineage).filter(
        Q(live=False) | Q(view_restrictions__isnull=False)
    )
    return pages.filter(~Exists(closed))


class CaseQuerySet(PageQuerySet):
    """Chains of adjectives over case studies."""

    def published(self) -> "CaseQuerySet":
        """Cases that are live, in a part of the tree that is open."""
        return on_open_ground(self.live())

    def visible_to(self, user: "User | AnonymousUser") -> "CaseQuerySet":
        """Published cases that this person may read: the one rule of visibility."""
        standing = standing_of(user)
        allowed = Q(visibility=Visibility.PUBLIC)
        if standing.is_member_officer or standing.is_superuser:
            allowed |= Q(visibility=Visibility.MEMBERS)
            allowed |= Q(visibility=Visibility.REGION, administration__region__in=standing.regions)
        if standing.is_curator or standing.is_superuser:
            allowed = Q()
        return self.published().filter(allowed)

    def of_administration(self, administration: "Administration") -> "CaseQuerySet":
        """Cases of one administration."""
        return self.filter(administration=administration)

    def in_region(self, region: "Region") -> "CaseQuerySet":
        """Cases of the administrations of one region."""
        return self.filter(administration__region=region)


CaseManager = PageManager.from_queryset(CaseQuerySet)
