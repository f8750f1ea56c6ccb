"""Reads the content of a case, as its revisions keep it, back into a record."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from casestudies.exchange.catalogue import CaseNames, Catalogue
from casestudies.exchange.records import (
    PLAIN_KEYS,
    TERM_KEYS,
    Block,
    CaseRecord,
    Link,
    PartnerRow,
    Relation,
    Result,
)
from casestudies.models import CaseStudyPage, Translation
from casestudies.models.pages import SINCE_PUBLISHED
from casestudies.models.parts import rows_in_order

Content = Mapping[str, Any]


def record_of(
    case: CaseStudyPage, content: Content, catalogue: Catalogue, names: CaseNames
) -> CaseRecord:
    """Give a case as a line of the format would say it.

    `content` is what a revision holds, or the case's own `serializable_data()`.
    """
    # A revision from before a field was added knows nothing of it.
    plain = {key: content[key] for key in PLAIN_KEYS if key in content}
    topics = _rows(content, "topic_items")
    plain |= {key: _day(content.get(key)) for key in ("embargo_until", "review_by")}
    if case.first_published_at:
        # From then on these belong to the record, whatever an older text says.
        plain |= {name: getattr(case, name) for name in SINCE_PUBLISHED}
    return CaseRecord(
        **plain,
        external_id=names.names[case.pk],
        number=case.number,
        administration=catalogue.codes[case.administration_id],
        level=case.level,
        published_at=case.first_published_at,
        illustration=content.get("is_illustration", False),
        topics=tuple(dict.fromkeys(catalogue.topic_slugs[row["tag"]] for row in topics)),
        results=_parts(Result, _rows(content, "results")),
        reusable_blocks=_parts(Block, _rows(content, "reusable_blocks")),
        links=_parts(Link, _rows(content, "links")),
        partners=_partners(_rows(content, "partners"), catalogue),
        related=_relations(_rows(content, "related_cases"), names),
        translations=_translations(case),
        **_terms(content.get("terms", []), catalogue),
    )


def _rows(content: Content, name: str) -> list[dict[str, Any]]:
    return rows_in_order(content.get(name, []))


def _parts(make: type[Any], rows: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    names = make.__dataclass_fields__
    return tuple(make(**{name: row[name] for name in names}) for row in rows)


def _partners(rows: list[dict[str, Any]], catalogue: Catalogue) -> tuple[PartnerRow, ...]:
    return tuple(
        PartnerRow(
            kind=row["kind"],
            name=row["name"],
            administration=catalogue.codes.get(row["administration"], ""),
        )
        for row in rows
    )


def _relations(rows: list[dict[str, Any]], names: CaseNames) -> tuple[Relation, ...]:
    return tuple(
        Relation(row["kind"], names.names[row["target"]])
        for row in rows
        if row["target"] in names.names
    )


def _terms(held: Iterable[int], catalogue: Catalogue) -> dict[str, Any]:
    keys = [catalogue.term_keys[pk] for pk in held if pk in catalogue.term_keys]
    return {
        key: catalogue.in_order(
            vocabulary, tuple(slug for name, slug in keys if name == vocabulary)
        )
        for key, vocabulary in TERM_KEYS.items()
    }


def _translations(case: CaseStudyPage) -> dict[str, dict[str, str]]:
    return {
        row.language: {name: words for name, words in row.texts.items() if words}
        for row in sorted(case.translations.all(), key=lambda row: row.language)
        if row.state == Translation.State.CHECKED
    }


def _day(value: date | str | None) -> date | None:
    return parse_date(value) if isinstance(value, str) else value
