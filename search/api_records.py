"""Reads what the API lists, as far as one person may see it, in few statements for any number."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest

from casestudies.models import (
    CaseStudyPage,
    CaseTopic,
    CollectionItem,
    CollectionPage,
    Topic,
    Translation,
)
from casestudies.models.fields import TEXT_LIMITS
from casestudies.querysets import on_open_ground
from portal.directory.models import Administration, Region
from search.facets import Kind
from search.outbox import document_id
from search.sources import regions_of

if TYPE_CHECKING:
    from portal.directory.models import User

Record = dict[str, Any]


def visible_cases(user: "User | AnonymousUser") -> QuerySet[CaseStudyPage]:
    """Give the cases a person may read, what changed last first."""
    cases: QuerySet[CaseStudyPage] = CaseStudyPage.objects.visible_to(user)
    return cases.select_related("administration__region").order_by("-last_published_at", "-pk")


def visible_collections() -> QuerySet[CollectionPage]:
    """Give the published collections, the newest first."""
    pages: QuerySet[CollectionPage] = on_open_ground(CollectionPage.objects.live())
    return pages.order_by("-first_published_at", "-pk")


def case_summaries(cases: Iterable[CaseStudyPage], request: HttpRequest) -> list[Record]:
    """Give each case as a line; the topics of all are read in one statement."""
    rows = list(cases)
    topics: dict[int, list[str]] = defaultdict(list)
    items = CaseTopic.objects.filter(content_object__in=[case.pk for case in rows])
    for case_id, slug in items.order_by("sort_order", "pk").values_list(
        "content_object_id", "tag__slug"
    ):
        topics[case_id].append(slug)
    return [_case_summary(case, topics[case.pk], request) for case in rows]


def _case_summary(case: CaseStudyPage, topics: list[str], request: HttpRequest) -> Record:
    return {
        "id": case.number or document_id(Kind.CASE.value, case.pk),
        "external_id": case.external_id,
        "kind": Kind.CASE.value,
        "title": case.title,
        "summary": case.summary,
        "url": request.build_absolute_uri(case.url),
        "language": case.language,
        "region": case.administration.region.slug,
        "administration": case.administration.slug,
        "topics": topics,
        "year": case.year,
        "stage": case.stage or None,
        "level": case.level,
        "updated": _moment(case.last_published_at),
    }


def case_record(case: CaseStudyPage, request: HttpRequest) -> Record:
    """Give the whole case; contact persons, drafts of translations and files stay out."""
    terms: dict[str, list[str]] = defaultdict(list)
    for term in case.terms.all():
        terms[term.vocabulary].append(term.slug)
    checked = case.translations.filter(state=Translation.State.CHECKED)
    texts = {name: getattr(case, name) for name in TEXT_LIMITS}
    return case_summaries([case], request)[0] | {
        "owner_unit": case.owner_unit,
        "texts": {name: text for name, text in texts.items() if text},
        "terms": dict(terms),
        "months": case.months,
        "cost": case.cost,
        "results": list(case.results.all()),
        "translations": sorted(checked.values_list("language", flat=True)),
        "licence": case.licence,
        "published": _moment(case.first_published_at),
        "review_by": case.review_by.isoformat() if case.review_by else None,
        "illustration": case.is_illustration,
    }


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def collection_summaries(
    found: Iterable[CollectionPage], user: "User | AnonymousUser", request: HttpRequest
) -> list[Record]:
    """Give each collection as a line; only cases that the person may read are counted."""
    pages = list(found)
    regions = regions_of(pages)
    seen = CollectionItem.objects.filter(
        collection__in=[page.pk for page in pages],
        case__in=CaseStudyPage.objects.visible_to(user).values("pk"),
    )
    counts = Counter(seen.values_list("collection_id", flat=True))
    return [
        {
            "id": document_id(Kind.COLLECTION.value, page.pk),
            "title": page.title,
            "summary": page.summary,
            "url": request.build_absolute_uri(page.url),
            "language": page.language,
            "region": regions[page.pk].slug if page.pk in regions else None,
            "cases": counts[page.pk],
        }
        for page in pages
    ]


def collection_record(
    page: CollectionPage, user: "User | AnonymousUser", request: HttpRequest
) -> Record:
    """Give the whole collection, without the cases that the person may not read."""
    items = list(page.items.all())
    cases = {case.pk: case for case in visible_cases(user).filter(collection_items__in=items)}
    lines = dict(zip(cases, case_summaries(cases.values(), request), strict=True))
    return collection_summaries([page], user, request)[0] | {
        "introduction": page.introduction,
        "items": [
            {"comment": item.comment, "case": lines[item.case_id]}
            for item in items
            if item.case_id in lines
        ],
    }


def region_lines(user: "User | AnonymousUser", language: str) -> list[Record]:
    """Give the regions with their Members and the cases that the person may read."""
    counts = _counted(user, "administration__region_id")
    regions = Region.objects.annotate(
        members=Count("administrations", filter=Q(administrations__is_member=True))
    )
    return [
        {
            "slug": region.slug,
            "code": region.code,
            "name": region.label_in(language),
            "members": region.members,
            "cases": counts[region.pk],
        }
        for region in regions
    ]


def administration_lines(user: "User | AnonymousUser", language: str) -> list[Record]:
    """Give every administration with the cases that the person may read."""
    counts = _counted(user, "administration_id")
    return [
        {
            "code": place.iso2,
            "slug": place.slug,
            "name": place.label_in(language),
            "region": place.region.slug,
            "cases": counts[place.pk],
        }
        for place in Administration.objects.select_related("region")
    ]


def topic_lines(user: "User | AnonymousUser", language: str) -> list[Record]:
    """Give every topic and group with the cases that the person may read, each counted once."""
    own: dict[int, set[int]] = defaultdict(set)
    items = CaseTopic.objects.filter(
        content_object__in=CaseStudyPage.objects.visible_to(user).values("pk")
    )
    for topic_id, group_id, case_id in items.values_list(
        "tag_id", "tag__parent_id", "content_object_id"
    ):
        own[topic_id].add(case_id)
        if group_id:
            own[group_id].add(case_id)
    return [
        {
            "slug": topic.slug,
            "label": topic.label_in(language),
            "parent": topic.parent.slug if topic.parent else None,
            "count": len(own[topic.pk]),
        }
        for topic in Topic.objects.select_related("parent")
    ]


def _counted(user: "User | AnonymousUser", field: str) -> Counter[int]:
    cases = CaseStudyPage.objects.visible_to(user).order_by()
    rows = cases.values(place=F(field)).annotate(found=Count("pk"))
    return Counter({row["place"]: row["found"] for row in rows})
