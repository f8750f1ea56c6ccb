"""Cases narrowed by who may read them and where they belong."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from casestudies.models.choices import Visibility
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from portal.directory.models import Administration, Region, User


class CaseQuerySet(PageQuerySet):
    """Chains of adjectives over case studies."""

    def visible_to(self, user: "User | AnonymousUser") -> "CaseQuerySet":
        """Published cases that this person may read: the one rule of visibility."""
        standing = standing_of(user)
        allowed = Q(visibility=Visibility.PUBLIC)
        if standing.is_member_officer or standing.is_superuser:
            allowed |= Q(visibility=Visibility.MEMBERS)
            allowed |= Q(visibility=Visibility.REGION, administration__region__in=standing.regions)
        if standing.is_curator or standing.is_superuser:
            allowed = Q()
        return self.live().filter(allowed)

    def of_administration(self, administration: "Administration") -> "CaseQuerySet":
        """Cases of one administration."""
        return self.filter(administration=administration)

    def in_region(self, region: "Region") -> "CaseQuerySet":
        """Cases of the administrations of one region."""
        return self.filter(administration__region=region)


CaseManager = PageManager.from_queryset(CaseQuerySet)
