"""What is indexed: where each kind comes from and who may find it, as the database says now."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from wagtail.models import Page

from casestudies.models import CaseStudyPage, CollectionPage, Visibility
from casestudies.querysets import on_open_ground
from forums.models import RegionalForumPage
from portal.directory.models import Region
from search.criteria import Audience
from search.documents import Document, case_document, collection_document
from search.facets import Kind

Views = Mapping[Audience, Document | None]
Place = tuple[str, int]
NOBODY: Views = dict.fromkeys(Audience)


class Source(Protocol):
    """A kind of object that can be found."""

    def load(self, ids: Iterable[int]) -> dict[int, Views]:
        """Give what each audience may find of each object; whatever is missing is for nobody."""
        ...

    def all_ids(self) -> list[int]:
        """Name every object there is, published or not."""
        ...


class CaseSource:
    """Case studies, with their translations and the names of what they are about."""

    def load(self, ids: Iterable[int]) -> dict[int, Views]:
        """Give the documents of the published ones among these cases."""
        cases = (
            CaseStudyPage.objects.published()
            .filter(pk__in=list(ids))
            .select_related("administration__region")
            .prefetch_related(
                "topic_items__tag__parent",
                "terms__parent",
                "translations",
                "results",
                "reusable_blocks",
                "partners__administration",
            )
        )
        above = pages_above(cases)
        return {case.pk: self._views(case, above[case.pk]) for case in cases}

    def _views(self, case: CaseStudyPage, above: list[int]) -> Views:
        document = case_document(case, above)
        public = document if case.visibility == Visibility.PUBLIC else None
        return {Audience.PUBLIC: public, Audience.MEMBERS: document}

    def all_ids(self) -> list[int]:
        """Name every case."""
        return list(CaseStudyPage.objects.order_by("pk").values_list("pk", flat=True))


class CollectionSource:
    """Curated collections; everybody may read them."""

    def load(self, ids: Iterable[int]) -> dict[int, Views]:
        """Give the documents of the published ones among these collections."""
        pages = list(on_open_ground(CollectionPage.objects.live().filter(pk__in=list(ids))))
        regions, above = regions_of(pages), pages_above(pages)
        documents = {
            page.pk: collection_document(page, regions[page.pk], above[page.pk])
            for page in pages
            if page.pk in regions
        }
        return {pk: dict.fromkeys(Audience, document) for pk, document in documents.items()}

    def all_ids(self) -> list[int]:
        """Name every collection."""
        return list(CollectionPage.objects.order_by("pk").values_list("pk", flat=True))


def pages_above(pages: Iterable[Page]) -> dict[int, list[int]]:
    """Name the pages above each of these: their paths are the beginnings of its own."""
    paths = {
        page.pk: [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
        for page in pages
    }
    wanted = {path for found in paths.values() for path in found}
    known = dict(Page.objects.filter(path__in=wanted).values_list("path", "pk"))
    return {pk: [known[path] for path in found if path in known] for pk, found in paths.items()}


def regions_of(pages: Iterable[CollectionPage]) -> dict[int, Region]:
    """Give the region of each collection: that of the forum page it stands below."""
    found = list(pages)
    if not found:
        return {}
    parents = {page.path[: -page.steplen] for page in found}
    forums = {
        forum.path: forum.region
        for forum in RegionalForumPage.objects.filter(path__in=parents).select_related("region")
    }
    return {
        page.pk: forums[page.path[: -page.steplen]]
        for page in found
        if page.path[: -page.steplen] in forums
    }


SOURCES: dict[str, Source] = {
    Kind.CASE.value: CaseSource(),
    Kind.COLLECTION.value: CollectionSource(),
}


def views_of(places: Iterable[Place]) -> list[Views]:
    """Read objects as they are now, all of one kind in one go; gives the views in their order."""
    wanted = list(places)
    found = {
        kind: source.load(pk for own, pk in wanted if own == kind)
        for kind, source in SOURCES.items()
        if any(own == kind for own, _pk in wanted)
    }
    return [found.get(kind, {}).get(pk, NOBODY) for kind, pk in wanted]


def all_places() -> list[Place]:
    """Name every object there is, published or not."""
    return [(kind, pk) for kind, source in SOURCES.items() for pk in source.all_ids()]
