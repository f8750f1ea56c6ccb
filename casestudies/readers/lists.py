"""Lists of cases: a card for each, and what is counted beside them, for one reader."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q
from wagtail.models import Page

from casestudies.models import CaseStudyPage, CaseTopic, CollectionItem, CollectionPage, Topic
from casestudies.permissions import may_read
from casestudies.querysets import CaseQuerySet
from casestudies.readers.facts import Value
from portal.core.addresses import search_address
from portal.directory.models import Region

if TYPE_CHECKING:
    from portal.directory.models import Administration, User

TOPICS_SHOWN = 3


@dataclass(frozen=True)
class Card:
    """A case in a list, with its first topics, each leading to the search."""

    case: CaseStudyPage
    topics: list[Value] = field(default_factory=list)


class Counted(TypedDict):
    """A name, how many cases are behind it, and where they are listed."""

    label: str
    count: int
    url: str


def cards_of(cases: Iterable[CaseStudyPage]) -> list[Card]:
    """Give a card for each case; the topics of all are read in one statement."""
    rows = list(cases)
    topics: dict[int, list[Value]] = defaultdict(list)
    items = CaseTopic.objects.filter(content_object__in=[case.pk for case in rows])
    for item in items.select_related("tag").order_by("content_object_id", "sort_order"):
        topic = item.tag
        topics[item.content_object_id].append(Value(topic.label, search_address(topic=topic.slug)))
    return [Card(case, topics[case.pk][:TOPICS_SHOWN]) for case in rows]


def newest(cases: CaseQuerySet, limit: int) -> list[Card]:
    """Give the cases published or changed last."""
    ordered = cases.select_related("administration__region").order_by("-last_published_at", "-pk")
    return cards_of(ordered[:limit])


def counted_topics(cases: CaseQuerySet, limit: int, *, region: str = "") -> list[Counted]:
    """Give the topics that most of these cases carry, each leading to the search for them."""
    among = Q(case_items__content_object__in=cases.values("pk"))
    rows = Topic.objects.annotate(found=Count("case_items", filter=among)).filter(found__gt=0)
    return [
        {
            "label": topic.label,
            "count": topic.found,
            "url": search_address(region=region, topic=topic.slug),
        }
        for topic in rows.order_by("-found", "position", "name")[:limit]
    ]


def published_collections(below: Page | None = None) -> list[CollectionPage]:
    """Give the published collections, of one regional forum or of all, the newest first."""
    rows = CollectionPage.objects.live().order_by("-first_published_at", "-pk")
    return list(rows.child_of(below) if below else rows)


def regions_by_path() -> dict[str, Region]:
    """Give each region by the place of its forum in the tree of pages."""
    rows = Region.objects.filter(forum_page__isnull=False).annotate(path=F("forum_page__path"))
    return {region.path: region for region in rows}


def region_of(collection: CollectionPage) -> Region | None:
    """Give the region under whose forum a collection stands."""
    return regions_by_path().get(collection.path[: -collection.steplen])


def readable_items(
    collection: CollectionPage, user: "User | AnonymousUser"
) -> list[CollectionItem]:
    """Give the items, in the curator's order, whose case this person may read."""
    rows = collection.items.select_related("case__administration__region")
    return [item for item in rows if item.case.live and may_read(user, item.case)]


def readable_counts(user: "User | AnonymousUser") -> dict[int, int]:
    """Give how many cases this person may read in each collection, by its id."""
    readable = CaseStudyPage.objects.visible_to(user)
    rows = CollectionItem.objects.filter(case__in=readable.values("pk")).order_by()
    return dict(rows.values_list("collection").annotate(found=Count("pk")))


def partner_cases_of(
    administration: "Administration", user: "User | AnonymousUser"
) -> CaseQuerySet:
    """Give the cases of others in which an administration took part, the newest first."""
    cases = CaseStudyPage.objects.visible_to(user).filter(partners__administration=administration)
    others = cases.exclude(administration=administration).distinct()
    return others.select_related("administration__region").order_by("-last_published_at", "-pk")


def cases_of(administration: "Administration", user: "User | AnonymousUser") -> CaseQuerySet:
    """Give the cases of an administration that this person may read, the newest first."""
    cases = CaseStudyPage.objects.visible_to(user).of_administration(administration)
    return cases.select_related("administration__region").order_by("-last_published_at", "-pk")
