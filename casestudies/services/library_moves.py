"""The pictures and files of a case that goes to another administration go along with it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from casestudies.downloads import drafts_with
from casestudies.models import CaseFile, CaseImage, CaseStudyPage
from casestudies.services.libraries import library_of
from portal.core.models import PortalDocument, PortalImage

if TYPE_CHECKING:
    from portal.directory.models import Administration

USES: tuple[tuple[type[Any], type[Any], str, str], ...] = (
    (PortalImage, CaseImage, "images", "image"),
    (PortalDocument, CaseFile, "files", "document"),
)


def take_materials_along(*, case: CaseStudyPage, to: "Administration") -> None:
    """Put what the case shows into the library of its new administration.

    What another case uses too stays where it is: it can be read in both, and kept by its owners.
    """
    for model, row, group, column in USES:
        for item in _shown(case, model, row, group, column):
            others = row.objects.filter(**{column: item}).exclude(page=case).exists()
            if not others and not drafts_with(item).exclude(pk=case.pk).exists():
                item.collection = library_of(administration=to).collection
                item.save(update_fields=["collection"])


def _shown(
    case: CaseStudyPage, model: type[Any], row: type[Any], group: str, column: str
) -> Iterable[Any]:
    published = row.objects.filter(page=case).values_list(f"{column}_id", flat=True)
    content = case.latest_revision.content if case.latest_revision else {}
    drafted = [item[column] for item in content.get(group, [])]
    return model.objects.filter(pk__in={*published, *drafted})
