"""From an engine's answer to what a page shows: checked again, named in the reader's language."""

from collections.abc import Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from casestudies.models import CaseStudyPage, CollectionPage
from casestudies.querysets import on_open_ground
from search.criteria import Criteria
from search.engines.base import RawHit, RawResults
from search.facets import FACETS, Facet, Kind
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
            hits.append(_case_hit(hit, page, criteria))
        elif page is not None and page.pk in regions:
            hits.append(_collection_hit(hit, page, regions[page.pk].slug, criteria))
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
    pks = {kind.value: [hit.pk for hit in hits if hit.kind == kind.value] for kind in Kind}
    cases: QuerySet[CaseStudyPage] = CaseStudyPage.objects.visible_to(user)
    found: dict[str, Page] = {}
    if pks[Kind.CASE.value]:
        shown = cases.filter(pk__in=pks[Kind.CASE.value]).select_related("administration__region")
        found |= {f"{Kind.CASE.value}-{page.pk}": page for page in shown.defer(*_LONG_TEXTS)}
    if pks[Kind.COLLECTION.value]:
        pages = CollectionPage.objects.live().filter(pk__in=pks[Kind.COLLECTION.value])
        found |= {f"{Kind.COLLECTION.value}-{page.pk}": page for page in on_open_ground(pages)}
    return found


_LONG_TEXTS = ("problem", "solution", "novelty", "outcomes", "challenges", "lessons", "transfer")


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
