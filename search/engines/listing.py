"""A plain database listing: what a reader gets while the engine is down, in the same shape."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import escape

from casestudies.freshness import freshness_of
from casestudies.models import CaseStudyPage, CaseTopic, CollectionPage
from casestudies.models.choices import Freshness
from casestudies.models.parts import ResultRow
from casestudies.querysets import on_open_ground
from search.criteria import Criteria, Sort
from search.engines.base import RawHit, RawResults
from search.facets import COUNTED, FACETS, YEAR, Kind
from search.outbox import document_id
from search.sources import regions_of

if TYPE_CHECKING:
    from portal.directory.models import User

Values = dict[str, tuple[str, ...]]


@dataclass
class Row:
    """What the listing knows of one case or collection."""

    kind: str
    pk: int
    title: str
    summary: str
    values: Values
    year: int | None
    failures: bool
    published: datetime | None
    updated: datetime | None
    topics: tuple[str, ...] = ()
    measured: bool = False


def list_matching(criteria: Criteria, user: "User | AnonymousUser") -> RawResults:
    """Give what a person may see and what matches, counted in the database and in Python."""
    today = timezone.localdate()
    rows = _cases(criteria, user, today) + _collections(criteria)
    rows = [row for row in rows if _fits(row, criteria)]
    found = [row for row in rows if _chosen(row, criteria)]
    found.sort(key=lambda row: _rank(row, criteria), reverse=True)
    page = found[criteria.offset : criteria.offset + criteria.size]
    return RawResults(len(found), tuple(_hit(row) for row in page), _counts(rows, criteria))


def _words(criteria: Criteria, *fields: str) -> Q:
    matches = Q()
    for word in criteria.text.split():
        matches &= Q(*[(f"{field}__icontains", word) for field in fields], _connector=Q.OR)
    return matches


def _cases(criteria: Criteria, user: "User | AnonymousUser", today: date) -> list[Row]:
    cases = (
        CaseStudyPage.objects.visible_to(user)
        .filter(_words(criteria, "title", "summary", "problem", "solution", "number"))
        .select_related("administration__region")
    )
    rows = {case.pk: _row_of(case, today) for case in cases}
    _add_topics(rows, cases)
    _add_terms(rows, cases)
    results = ResultRow.objects.filter(page__in=cases.values("pk"))
    for result in results.only("page_id", "before", "after"):
        if result.page_id in rows:
            rows[result.page_id].measured |= result.is_measured
    return list(rows.values())


def _row_of(case: CaseStudyPage, today: date) -> Row:
    values = {
        "kind": Kind.CASE.value,
        "region": case.administration.region.slug,
        "administration": case.administration.slug,
        "stage": case.stage,
        "language": case.language,
        "cost": case.cost,
        "level": case.level,
        "freshness": freshness_of(case.review_by, today).value,
        YEAR: str(case.year or ""),
    }
    return Row(
        kind=Kind.CASE.value,
        pk=case.pk,
        title=case.title,
        summary=case.summary,
        values={name: (value,) for name, value in values.items() if value},
        year=case.year,
        failures=bool(case.challenges.strip()),
        published=case.first_published_at,
        updated=case.last_published_at,
    )


def _add_topics(rows: Mapping[int, Row], cases: QuerySet[CaseStudyPage]) -> None:
    items = CaseTopic.objects.filter(content_object__in=cases.values("pk")).order_by("sort_order")
    for pk, slug, group in items.values_list("content_object_id", "tag__slug", "tag__parent__slug"):
        if pk in rows:
            rows[pk].topics += (slug,)
            _add(rows[pk].values, "topic", slug, group)


def _add_terms(rows: Mapping[int, Row], cases: QuerySet[CaseStudyPage]) -> None:
    links = CaseStudyPage.terms.through.objects.filter(casestudypage__in=cases.values("pk"))
    for pk, vocabulary, slug, group in links.values_list(
        "casestudypage_id", "term__vocabulary", "term__slug", "term__parent__slug"
    ):
        if pk in rows and vocabulary in FACETS:
            _add(rows[pk].values, vocabulary, slug, group)


def _add(values: Values, name: str, *slugs: str | None) -> None:
    new = tuple(slug for slug in slugs if slug and slug not in values.get(name, ()))
    values[name] = values.get(name, ()) + new


def _collections(criteria: Criteria) -> list[Row]:
    pages = list(
        on_open_ground(CollectionPage.objects.live()).filter(
            _words(criteria, "title", "summary", "introduction")
        )
    )
    regions = regions_of(pages)
    return [
        Row(
            kind=Kind.COLLECTION.value,
            pk=page.pk,
            title=page.title,
            summary=page.summary,
            values={
                "kind": (Kind.COLLECTION.value,),
                "language": (page.language,),
                "region": (regions[page.pk].slug,),
            },
            year=None,
            failures=False,
            published=page.first_published_at,
            updated=page.last_published_at,
        )
        for page in pages
        if page.pk in regions
    ]


def _fits(row: Row, criteria: Criteria) -> bool:
    return (row.measured or not criteria.measured) and (row.failures or not criteria.failures)


def _chosen(row: Row, criteria: Criteria, without: str = "") -> bool:
    in_years = without == YEAR or _in_years(row.year, criteria.year_from, criteria.year_to)
    is_archived = row.values.get("freshness") == (Freshness.OUTDATED.value,)
    if is_archived and criteria.leaves_archive_out and without != "freshness":
        return False
    return in_years and all(
        not set(chosen).isdisjoint(row.values.get(name, ()))
        for name, chosen in criteria.filters.items()
        if chosen and name != without
    )


def _in_years(year: int | None, low: int | None, high: int | None) -> bool:
    if year is None:
        return low is None and high is None
    return (low is None or low <= year) and (high is None or year <= high)


def _counts(rows: list[Row], criteria: Criteria) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for name in COUNTED:
        counted = [row for row in rows if _chosen(row, criteria, without=name)]
        counts[name] = dict(Counter(v for row in counted for v in row.values.get(name, ())))
    return counts


def _rank(row: Row, criteria: Criteria) -> tuple[bool, float, int]:
    in_title = criteria.text.casefold() in row.title.casefold()
    relevant = criteria.effective_sort is Sort.RELEVANCE and in_title
    moment = row.updated if criteria.sort is Sort.UPDATED else row.published
    return relevant, moment.timestamp() if moment else 0.0, row.pk


def _hit(row: Row) -> RawHit:
    return RawHit(
        id=document_id(row.kind, row.pk),
        kind=row.kind,
        pk=row.pk,
        score=None,
        topics=row.topics,
        text_language=row.values["language"][0],
        title=row.title,
        title_marked=escape(row.title),
        summary=row.summary,
    )
