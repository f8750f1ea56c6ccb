"""What an administration's library holds, the newest first, and where each item is used."""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db.models import QuerySet

from casestudies.models import CaseStudyPage
from portal.core.models import PortalDocument, PortalImage
from portal.directory.models import Administration

Item = TypeVar("Item", PortalImage, PortalDocument)
# The size in which a picture stands beside its texts, drawn while its sender waits anyway.
SMALL = "max-240x180"


def newest_materials(
    model: type[Item], administration: Administration, *, without: Collection[int] = ()
) -> "QuerySet[Item]":
    """Give the pictures or the files of an administration, the newest first."""
    found: Any = model._default_manager.filter(collection__library__administration=administration)
    if model is PortalImage:
        found = found.prefetch_renditions(SMALL)
    return found.exclude(pk__in=list(without)).order_by("-created_at", "-pk")


def cases_by_material(
    administration: Administration, kind: str, column: str
) -> dict[int, list[CaseStudyPage]]:
    """Give the cases of an administration by the pictures or files that their latest text has."""
    found: dict[int, list[CaseStudyPage]] = {}
    cases: Iterable[CaseStudyPage] = CaseStudyPage.objects.filter(
        administration=administration
    ).select_related("latest_revision")
    for case in cases:
        content = case.latest_revision.content if case.latest_revision else {}
        for row in content.get(kind, []):
            found.setdefault(row[column], []).append(case)
    return found
