"""Finds the one case an address names, as far as the reader may read it."""

from functools import lru_cache
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
from casestudies.querysets import Sight, sight_of
from portal.core.statements import ModelStatement

# Stands in the statement for what an address names; no address holds a blank.
PLACE = "the %s asked for"

if TYPE_CHECKING:
    from portal.directory.models import User


def case_at(user: "User | AnonymousUser", *, language: str, **address: str) -> CaseStudyPage | None:
    """Give the published case at an address, in one statement, if this person may read it.

    It carries the number of its version (`version_number`), its checked texts in `language`
    (`translated_texts`) with the version they were made from (`translated_version`), and whether
    it names others (`has_related`): its page need not ask.
    """
    statement = _statement(sight_of(user), language, frozenset(address))
    return next(iter(statement.models({PLACE % name: address[name] for name in address})), None)


@lru_cache(maxsize=256)
def _statement(sight: Sight, language: str, names: frozenset[str]) -> ModelStatement:
    found = CaseStudyPage.objects.in_sight(sight).filter(**{name: PLACE % name for name in names})
    carried = found.select_related("administration__region").annotate(**_carried(language))
    return ModelStatement(carried[:1])


def _carried(language: str) -> dict[str, Subquery]:
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
