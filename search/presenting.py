"""From an engine's answer to what a page shows: checked again, named in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from casestudies.models import CaseStudyPage, CollectionPage
from casestudies.querysets import on_open_ground
from search.criteria import Criteria
from search.engines.base import RawHit, RawResults
from search.facets import FACETS, Facet, Kind
from search.models import IndexChange
from search.results import FacetValue, Highlight, Hit, Label, Results
from search.sources import regions_of

if TYPE_CHECKING:
    from portal.directory.models import User

Page = CaseStudyPage | CollectionPage


def present(
    raw: RawResults,
    criteria: Criteria,
    user: "User | AnonymousUser",
    *,
    engine: str,
    degraded: bool = False,
) -> Results:
    """Give results of hits that the database, too, lets this person see now."""
    pages = _visible_pages(raw.hits, user)
    regions = regions_of(page for page in pages.values() if isinstance(page, CollectionPage))
    hits = []
    for hit in raw.hits:
        page = pages.get(hit.id)
        if isinstance(page, CaseStudyPage):
            hits.append(_case_hit(_as_is_now(hit, page), page, criteria))
        elif page is not None and page.pk in regions:
            region = regions[page.pk].slug
            hits.append(_collection_hit(_as_is_now(hit, page), page, region, criteria))
    return Results(
        total=raw.total - (len(raw.hits) - len(hits)),
        page=criteria.page,
        size=criteria.size,
        hits=tuple(hits),
        facets={
            name: facet_values(facet, raw.counts.get(name, {}), criteria)
            for name, facet in FACETS.items()
        },
        engine=engine,
        degraded=degraded,
    )


def _visible_pages(hits: Sequence[RawHit], user: "User | AnonymousUser") -> dict[str, Page]:
    pks = {kind: [hit.pk for hit in hits if hit.kind == kind.value] for kind in Kind}
    found: dict[str, Page] = {}
    if pks[Kind.CASE]:
        cases = CaseStudyPage.objects.visible_to(user).filter(pk__in=pks[Kind.CASE])
        cases = cases.select_related("administration__region").only(*_SHOWN)
        found |= {f"case-{page.pk}": page for page in _with_pending(cases, Kind.CASE)}
    if pks[Kind.COLLECTION]:
        pages = on_open_ground(CollectionPage.objects.live())
        pages = _with_pending(pages.filter(pk__in=pks[Kind.COLLECTION]), Kind.COLLECTION)
        found |= {f"collection-{page.pk}": page for page in pages}
    return found


def _with_pending(pages: QuerySet[Any], kind: Kind) -> QuerySet[Any]:
    changes = IndexChange.objects.filter(kind=kind, object_id=OuterRef("pk"))
    return pages.annotate(change_pending=Exists(changes))


def _as_is_now(hit: RawHit, page: Page) -> RawHit:
    """Give the hit without the index's texts where the page has changed since they were indexed.

    What was taken out of a text, or a translation withdrawn, is not shown for a moment longer.
    """
    if not page.change_pending:
        return hit
    return replace(hit, text_language=page.language, title=page.title, title_marked="", passages=())


# A case has sixty columns; a page of results reads these of twenty cases.
_SHOWN = (
    "id",
    "number",
    "external_id",
    "title",
    "summary",
    "language",
    "year",
    "stage",
    "level",
    "url_path",
    "last_published_at",
    "administration__slug",
    "administration__region__slug",
)


def _case_hit(hit: RawHit, case: CaseStudyPage, criteria: Criteria) -> Hit:
    original = hit.text_language == case.language
    title = case.title if original else hit.title
    return Hit(
        id=case.number or hit.id,
        kind=Kind.CASE.value,
        pk=case.pk,
        title=title,
        title_marked=_marked_title(hit, title),
        url=case.url or "",
        language=case.language,
        text_language=hit.text_language,
        summary=case.summary if original else hit.summary,
        external_id=case.external_id,
        region=_label("region", case.administration.region.slug, criteria),
        administration=_label("administration", case.administration.slug, criteria),
        topics=tuple(_label("topic", slug, criteria) for slug in hit.topics),
        year=case.year,
        stage=_label("stage", case.stage, criteria) if case.stage else None,
        level=_label("level", case.level, criteria),
        highlights=_highlights(hit),
        score=hit.score,
        updated=case.last_published_at,
    )


def _collection_hit(hit: RawHit, page: CollectionPage, region_slug: str, criteria: Criteria) -> Hit:
    return Hit(
        id=hit.id,
        kind=Kind.COLLECTION.value,
        pk=page.pk,
        title=page.title,
        title_marked=_marked_title(hit, page.title),
        url=page.url or "",
        language=page.language,
        text_language=page.language,
        summary=page.summary,
        region=_label("region", region_slug, criteria),
        highlights=_highlights(hit),
        score=hit.score,
        updated=page.last_published_at,
    )


def _label(facet: str, value: str, criteria: Criteria) -> Label:
    return Label(value, FACETS[facet].label_of(value, criteria.ui))


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
    shown = [value for value in counts if counts[value] and value not in groups - set(chosen)]
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
