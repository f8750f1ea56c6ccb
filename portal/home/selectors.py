"""What the home page shows, for one reader: regions with true counts, what is new, numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from casestudies.models import CaseStudyPage, CollectionPage, ResultRow
from casestudies.querysets import CaseQuerySet
from casestudies.readers.lists import (
    Card,
    newest,
    published_collections,
    readable_counts,
    regions_by_path,
)
from portal.directory.models import Region

if TYPE_CHECKING:
    from portal.directory.models import User

NEWEST = 6


@dataclass(frozen=True)
class RegionRow:
    """A region on the map: its Members, those that have shared, and the cases to be read."""

    slug: str
    name: str
    url: str
    members: int
    sharing: int
    cases: int


@dataclass(frozen=True)
class CollectionRow:
    """A collection in the list of all: where it stands, and how many cases this reader may read."""

    collection: CollectionPage
    region: Region | None
    cases: int


@dataclass(frozen=True)
class Featured:
    """The collection a curator put first, and how many of its cases this reader may read."""

    collection: CollectionPage
    cases: int


@dataclass(frozen=True)
class Figure:
    """A number, what it counts and on which day."""

    value: int
    label: str
    when: str


@dataclass(frozen=True)
class HomeReading:
    """The home page for one reader."""

    regions: list[RegionRow]
    cases: list[Card]
    featured: Featured | None
    figures: list[Figure]


def read_home(user: "User | AnonymousUser") -> HomeReading:
    """Give what a person sees on the home page."""
    cases = CaseStudyPage.objects.visible_to(user)
    return HomeReading(
        regions=regions_with_counts(cases),
        cases=newest(cases, NEWEST),
        featured=_featured(user),
        figures=_figures(cases),
    )


def regions_with_counts(cases: CaseQuerySet) -> list[RegionRow]:
    """Give the regions in order, with their Members and their share of these cases."""
    among = Q(administrations__cases__in=cases.values("pk"))
    is_member = Q(administrations__is_member=True)
    counted = Region.objects.filter(forum_page__isnull=False).annotate(
        members=Count("administrations", filter=is_member, distinct=True),
        sharing=Count("administrations", filter=is_member & among, distinct=True),
        found=Count("administrations__cases", filter=among, distinct=True),
    )
    return [
        RegionRow(
            slug=row.slug,
            name=row.short_label,
            url=row.forum_page.url,
            members=row.members,
            sharing=row.sharing,
            cases=row.found,
        )
        for row in counted.select_related("forum_page")
    ]


def collection_rows(user: "User | AnonymousUser") -> list[CollectionRow]:
    """Give every published collection with its region and what this person may read of it."""
    collections = published_collections()
    counts = readable_counts(user)
    regions = regions_by_path()
    return [
        CollectionRow(row, regions.get(row.path[: -row.steplen]), counts.get(row.pk, 0))
        for row in collections
    ]


def _featured(user: "User | AnonymousUser") -> Featured | None:
    rows = CollectionPage.objects.live().filter(featured=True)
    collection = rows.order_by("-first_published_at", "-pk").first()
    if collection is None:
        return None
    return Featured(collection, readable_counts(user).get(collection.pk, 0))


def _figures(cases: CaseQuerySet) -> list[Figure]:
    row = cases.order_by().aggregate(
        cases=Count("pk"),
        administrations=Count("administration", distinct=True),
        languages=Count("language", distinct=True),
        measured=Count("pk", filter=Q(pk__in=ResultRow.objects.values("page"))),
    )
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    words = {
        "cases": ngettext("experience", "experiences", row["cases"]),
        "administrations": ngettext(
            "administration tells them", "administrations tell them", row["administrations"]
        ),
        "languages": ngettext("original language", "original languages", row["languages"]),
        "measured": ngettext("with measured results", "with measured results", row["measured"]),
    }
    return [Figure(row[name], label, today) for name, label in words.items()]
