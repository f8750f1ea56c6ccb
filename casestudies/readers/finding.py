"""Finds the one case an address names, as far as the reader may read it."""

from functools import cache
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Max, OuterRef, Subquery

from casestudies.models import (
    CaseStudyPage,
    CaseVersion,
    RelatedCase,
    Translation,
    Visibility,
)

if TYPE_CHECKING:
    from portal.directory.models import User


def case_at(user: "User | AnonymousUser", *, language: str, **address: str) -> CaseStudyPage | None:
    """Give the published case at an address, in one statement, if this person may read it.

    It carries the number of its version (`version_number`), its checked texts in `language`
    (`translated_texts`) with the version they were made from (`translated_version`), and whether
    it names others (`has_related`): its page need not ask.
    """
    found = CaseStudyPage.objects.visible_to(user).filter(**address)
    carried = found.select_related("administration__region").annotate(**_carried(language))
    return next(iter(carried[:1]), None)


@cache
def _carried(language: str) -> dict[str, Subquery]:
    # Worked out once a language: saying it anew costs a case page more than the statement itself.
    versions = CaseVersion.objects.filter(page=OuterRef("pk")).order_by()
    checked = Translation.objects.filter(
        case=OuterRef("pk"), language=language, state=Translation.State.CHECKED
    )
    source = CaseVersion.objects.filter(revision=OuterRef("source_revision")).order_by()
    return {
        "version_number": Subquery(
            versions.values("page").annotate(last=Max("number")).values("last")
        ),
        "translated_texts": Subquery(checked.values("texts")[:1]),
        "translated_version": Subquery(
            checked.annotate(version=Subquery(source.values("number")[:1])).values("version")[:1]
        ),
        "has_related": Exists(RelatedCase.objects.filter(page=OuterRef("pk"))),
    }


def withdrawn_case_at(**address: str) -> CaseStudyPage | None:
    """Give the withdrawn case at an address, if everyone could read it until then."""
    found = CaseStudyPage.objects.filter(live=False, visibility=Visibility.PUBLIC, **address)
    return found.filter(withdrawn_at__isnull=False, first_published_at__isnull=False).first()
