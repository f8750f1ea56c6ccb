"""Puts what a record says into a case in memory; saving it is the service's."""

from collections.abc import Sequence

from django.db.models import Model

from casestudies.exchange.catalogue import CaseNames, Catalogue
from casestudies.exchange.records import PLAIN_KEYS, TERM_KEYS, CaseRecord
from casestudies.models import (
    CaseLink,
    CaseStudyPage,
    CaseTopic,
    Partner,
    RelatedCase,
    ResultRow,
    ReusableBlock,
)


def fill_case(
    case: CaseStudyPage, record: CaseRecord, catalogue: Catalogue, names: CaseNames
) -> None:
    """Make the text, the words and the groups of a case those of a record.

    What the format does not carry (images, files) and what the portal gives (number, level) stays.
    """
    for key in PLAIN_KEYS:
        setattr(case, key, getattr(record, key))
    case.is_illustration = record.illustration
    case.terms = [
        catalogue.terms[vocabulary, slug]
        for key, vocabulary in TERM_KEYS.items()
        for slug in getattr(record, key)
    ]
    for name, rows in _groups(record, catalogue, names).items():
        # A new case has none yet: naming an empty group would cost it a look into the database.
        if rows or case.pk:
            setattr(case, name, rows)


def _groups(
    record: CaseRecord, catalogue: Catalogue, names: CaseNames
) -> dict[str, Sequence[Model]]:
    return {
        "topic_items": [
            CaseTopic(tag=catalogue.topics[slug], sort_order=place)
            for place, slug in enumerate(record.topics)
        ],
        "results": [
            ResultRow(**vars(row), sort_order=place) for place, row in enumerate(record.results)
        ],
        "reusable_blocks": [
            ReusableBlock(**vars(row), sort_order=place)
            for place, row in enumerate(record.reusable_blocks)
        ],
        "links": [
            CaseLink(**vars(row), sort_order=place) for place, row in enumerate(record.links)
        ],
        "partners": [
            Partner(
                kind=row.kind,
                name=row.name,
                administration=catalogue.administrations.get(row.administration),
                sort_order=place,
            )
            for place, row in enumerate(record.partners)
        ],
        "related_cases": related_rows(record, names),
    }


def related_rows(record: CaseRecord, names: CaseNames) -> list[RelatedCase]:
    """Give the relations to cases that are in the portal already."""
    found = [(row.kind, names.find(row.external_id)) for row in record.related]
    return [
        RelatedCase(kind=kind, target_id=target, sort_order=place)
        for place, (kind, target) in enumerate(found)
        if target is not None
    ]
