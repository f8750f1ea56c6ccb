"""From an engine's answer to what a page shows: checked again, named in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from casestudies.models import CaseStudyPage, CollectionPage
from casestudies.querysets import Sight, on_open_ground, sight_of
from forums.models import RegionalForumPage
from portal.core.sites import address_at
from portal.core.statements import Statement, filled, slots
from search.correcting import better_words
from search.criteria import Criteria
from search.engines.base import RawHit, RawResults
from search.facets import FACETS, YEAR, Facet, Kind
from search.models import IndexChange
from search.outbox import document_id
from search.results import FacetValue, Highlight, Hit, Label, Results
from search.vocabularies import Known

if TYPE_CHECKING:
    from portal.directory.models import User


def present(
    raw: RawResults,
    criteria: Criteria,
    user: "User | AnonymousUser",
    *,
    engine: str,
    degraded: bool = False,
) -> Results:
    """Give results of hits that the database, too, lets this person see now."""
    hits = visible_hits(raw.hits, user, criteria.ui)
    return Results(
        total=raw.total - (len(raw.hits) - len(hits)),
        page=criteria.page,
        size=criteria.size,
        hits=tuple(hits),
        facets={
            name: facet_values(facet, raw.counts.get(name, {}), criteria)
            for name, facet in FACETS.items()
        },
        years={int(year): count for year, count in sorted(raw.counts.get(YEAR, {}).items())},
        engine=engine,
        degraded=degraded,
        forgiven=raw.forgiven and bool(hits),
        did_you_mean=better_words(criteria.text, hits) if raw.forgiven else None,
    )


def visible_hits(hits: Sequence[RawHit], user: "User | AnonymousUser", language: str) -> list[Hit]:
    """Give the hits that the database, too, lets this person see now, in the same order."""
    rows = _visible_rows(hits, user)
    names = Names(language)
    return [
        (_case_hit if hit.kind == Kind.CASE else _collection_hit)(_as_is_now(hit, row), row, names)
        for hit in hits
        if (row := rows.get(hit.id))
    ]


class Names:
    """The names of values in one language, each vocabulary looked up once a page."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._tables: dict[str, Mapping[str, Known]] = {}

    def label(self, facet: str, value: str) -> Label:
        """Give a value with its name, or with itself where it is not known any more."""
        if facet not in self._tables:
            self._tables[facet] = FACETS[facet].labels(self._language)
        known = self._tables[facet].get(value)
        return Label(value, known.label if known else value)


class CaseRow(NamedTuple):
    """What a page of results reads of a case, which has sixty columns and would be a slow model."""

    pk: int
    number: str | None
    external_id: str
    title: str
    summary: str
    language: str
    year: int | None
    stage: str
    level: str
    cost: str
    url_path: str
    last_published_at: datetime | None
    administration__slug: str
    administration__region__slug: str
    change_pending: bool


# How many cases one statement may ask for: a page, a page of the API, a batch of a file.
WIDTHS = (20, 100, 500)


def _visible_rows(hits: Sequence[RawHit], user: "User | AnonymousUser") -> dict[str, Any]:
    pks = {kind: [hit.pk for hit in hits if hit.kind == kind.value] for kind in Kind}
    found: dict[str, Any] = {}
    if pks[Kind.CASE]:
        width = next(width for width in WIDTHS if width >= len(pks[Kind.CASE]))
        rows = map(CaseRow._make, _cases(sight_of(user), width).run(filled(pks[Kind.CASE])))
        found |= {document_id(Kind.CASE, row.pk): row for row in rows}
    if pks[Kind.COLLECTION]:
        pages = on_open_ground(CollectionPage.objects.live())
        pages = _with_pending(pages.filter(pk__in=pks[Kind.COLLECTION]), Kind.COLLECTION)
        placed = pages.annotate(region_slug=_region_above()).filter(region_slug__isnull=False)
        found |= {document_id(Kind.COLLECTION, page.pk): page for page in placed}
    return found


@lru_cache(maxsize=128)
def _cases(sight: Sight, width: int) -> Statement:
    cases = CaseStudyPage.objects.in_sight(sight).filter(pk__in=slots(width))
    return Statement(_with_pending(cases, Kind.CASE).values_list(*CaseRow._fields))


@cache
def _region_above() -> Subquery:
    """Say in whose forum a page stands: asked with the page, to spare a statement."""
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - CollectionPage.steplen)
    return Subquery(RegionalForumPage.objects.filter(path=above).values("region__slug"))


def _with_pending(pages: QuerySet[Any], kind: Kind) -> QuerySet[Any]:
    return pages.annotate(change_pending=_is_pending(kind))


@cache
def _is_pending(kind: Kind) -> Exists:
    return Exists(IndexChange.objects.filter(kind=kind, object_id=OuterRef("pk")))


def _as_is_now(hit: RawHit, row: Any) -> RawHit:
    """Give the hit without the index's texts where the page has changed since they were indexed.

    What was taken out of a text, or a translation withdrawn, is not shown for a moment longer.
    """
    if not row.change_pending:
        return hit
    return replace(hit, text_language=row.language, title=row.title, title_marked="", passages=())


def _case_hit(hit: RawHit, row: Any, names: Names) -> Hit:
    original = hit.text_language == row.language
    title = row.title if original else hit.title
    return Hit(
        id=row.number or hit.id,
        kind=Kind.CASE.value,
        pk=row.pk,
        title=title,
        title_marked=_marked_title(hit, title),
        url=address_at(row.url_path),
        language=row.language,
        text_language=hit.text_language,
        summary=row.summary if original else hit.summary,
        external_id=row.external_id,
        region=names.label("region", row.administration__region__slug),
        administration=names.label("administration", row.administration__slug),
        topics=tuple(names.label("topic", slug) for slug in hit.topics),
        year=row.year,
        stage=names.label("stage", row.stage) if row.stage else None,
        level=names.label("level", row.level),
        cost=names.label("cost", row.cost) if row.cost else None,
        highlights=_highlights(hit),
        score=hit.score,
        updated=row.last_published_at,
    )


def _collection_hit(hit: RawHit, page: Any, names: Names) -> Hit:
    return Hit(
        id=hit.id,
        kind=Kind.COLLECTION.value,
        pk=page.pk,
        title=page.title,
        title_marked=_marked_title(hit, page.title),
        url=address_at(page.url_path),
        language=page.language,
        text_language=page.language,
        summary=page.summary,
        region=names.label("region", page.region_slug),
        highlights=_highlights(hit),
        score=hit.score,
        updated=page.last_published_at,
    )


def _marked_title(hit: RawHit, title: str) -> SafeString:
    plain = unescape(hit.title_marked.replace("<mark>", "").replace("</mark>", ""))
    # The index may be a moment behind: a title that has changed is shown without marks.
    return mark_safe(hit.title_marked if plain == title else escape(title))  # noqa: S308


def _highlights(hit: RawHit) -> tuple[Highlight, ...]:
    # Both engines escape every text before they put marks into it.
    return tuple(Highlight(mark_safe(html), code) for html, code in hit.passages)  # noqa: S308


def facet_values(
    facet: Facet, counts: Mapping[str, int], criteria: Criteria
) -> tuple[FacetValue, ...]:
    """Give the values that would find something and those chosen, in the facet's order.

    A group of values is named only where it was chosen.
    """
    known = facet.labels(criteria.ui)
    chosen = criteria.chosen(facet.name)
    groups = {item.parent for item in known.values()} if facet.grouped else set()
    unnamed = groups.difference(chosen)
    shown = [value for value in counts if counts[value] and value not in unnamed]
    values = [
        FacetValue(
            value=value,
            label=known[value].label if value in known else value,
            count=counts.get(value, 0),
            selected=value in chosen,
            parent=known[value].parent if value in known else "",
        )
        for value in dict.fromkeys([*shown, *chosen])
    ]
    if facet.in_order:
        place = {value: number for number, value in enumerate(known)}
        return tuple(sorted(values, key=lambda item: place.get(item.value, len(place))))
    return tuple(sorted(values, key=lambda item: (-item.count, item.label.casefold())))
