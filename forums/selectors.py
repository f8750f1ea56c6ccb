"""What the front page of a region shows, for one reader, in a fixed number of statements."""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casestudies.models import AdministrationPage, CaseStudyPage, CollectionPage
from casestudies.querysets import CaseQuerySet
from casestudies.readers.facts import Fact, Value
from casestudies.readers.lists import (
    Card,
    Counted,
    counted_topics,
    newest,
    published_collections,
)
from portal.core.addresses import search_address
from portal.directory.models import Administration, Region, RegionalBody
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from forums.models import RegionalForumPage
    from portal.directory.models import User

NEWEST = 6
TOPICS = 10


@dataclass(frozen=True)
class MemberRow:
    """A Member of a region: how many cases it shared, and its page if it has one."""

    administration: Administration
    label: str
    cases: int
    page: AdministrationPage | None


@dataclass(frozen=True)
class RegionReading:
    """A region as its page shows it."""

    region: Region
    total: int
    cases: list[Card]
    topics: list[Counted]
    collections: list[CollectionPage]
    bodies: list[RegionalBody]
    members: list[MemberRow]
    others: list[MemberRow]
    is_coordinator: bool

    @property
    def facts(self) -> list[Fact]:
        """The region in numbers."""
        shared = Value(str(self.total), search_address(region=self.region.slug))
        active = sum(1 for row in self.members if row.cases)
        return [
            Fact(_("Members"), [Value(str(len(self.members)))]),
            Fact(_("Members that have shared"), [Value(str(active))]),
            Fact(_("Experiences"), [shared]),
        ]


def read_region(page: "RegionalForumPage", user: "User | AnonymousUser") -> RegionReading:
    """Give what a person may see of a region."""
    region = page.region
    cases = CaseStudyPage.objects.visible_to(user).in_region(region)
    members = members_of(region, cases)
    own = [member for member in members if member.administration.is_member]
    return RegionReading(
        region=region,
        total=sum(member.cases for member in members),
        cases=newest(cases, NEWEST),
        topics=counted_topics(cases, TOPICS, region=region.slug),
        collections=published_collections(page),
        bodies=bodies_of(region),
        members=own,
        is_coordinator=standing_of(user).coordinates(region.pk),
        others=[member for member in members if member not in own],
    )


def members_of(region: Region, cases: CaseQuerySet) -> list[MemberRow]:
    """Give every administration of a region, by name in the active language, with its `cases`."""
    among = Q(cases__in=cases.values("pk"))
    counted = region.administrations.annotate(found=Count("cases", filter=among))
    rows = [
        MemberRow(row, row.label, row.found, getattr(row, "page", None))
        for row in counted.select_related("page")
    ]
    return sorted(rows, key=lambda row: _sorted_as(row.label))


def bodies_of(region: Region) -> list[RegionalBody]:
    """Give the region's offices that are in charge today."""
    today = timezone.localdate()
    in_office = Q(until__isnull=True) | Q(until__gte=today)
    rows = region.bodies.filter(in_office, Q(since__isnull=True) | Q(since__lte=today))
    return list(rows.select_related("administration"))


def _sorted_as(name: str) -> str:
    """Give a key by which Åland stands at A and Émirats at E."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()
