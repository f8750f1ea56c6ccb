"""The keys of the exchange format: how each is checked, and a line read into a record."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from casestudies.block_texts import BLOCK_TEXT_LIMITS
from casestudies.exchange.checks import (
    Check,
    address,
    boolean,
    case_number,
    day,
    instant,
    integer,
    kind_of,
    mailbox,
    one_of,
    shown,
    slugs,
    text,
    value_text,
)
from casestudies.exchange.findings import Findings
from casestudies.exchange.records import (
    SCHEMA,
    TERM_KEYS,
    Block,
    CaseRecord,
    Link,
    PartnerRow,
    Relation,
    Result,
)
from casestudies.models.choices import CostBand, Level, Licence, Stage, Visibility
from casestudies.models.fields import (
    REUSABLE_BLOCKS_LIMIT,
    TEXT_LIMITS,
    TITLE_LIMIT,
    TOPICS_LIMIT,
)
from casestudies.models.parts import Partner, RelatedCase
from portal.core.languages import LANGUAGE_CODES

HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")
REQUIRED = ("external_id", "administration", "language", "title")
TEXTS: dict[str, Check] = {
    "title": text(limit=TITLE_LIMIT, column=255),
    **{name: text(limit=limit) for name, limit in TEXT_LIMITS.items()},
}
TRANSLATED: dict[str, Check] = TEXTS | {
    name: text(limit=limit) for name, limit in BLOCK_TEXT_LIMITS.items()
}


def read_object(
    value: Mapping[str, Any],
    checks: Mapping[str, Check],
    found: Findings,
    *,
    required: tuple[str, ...] = (),
    where: str = "",
) -> dict[str, Any]:
    """Check every key of an object; `null` is the same as no key at all."""
    for key in required:
        content = value.get(key)
        if content is None or (isinstance(content, str) and not content.strip()):
            found.error(f"{where}{key}: is missing")
    kept = {}
    for key, content in value.items():
        if key not in checks:
            found.warn(f"{where}{key}: is not a key of the format and is left out")
        elif content is not None:
            kept[key] = checks[key](f"{where}{key}", content, found)
    return kept


def rows(
    make: Callable[..., Any],
    checks: Mapping[str, Check],
    *,
    required: tuple[str, ...],
    limit: int = 0,
) -> Check:
    """A list of objects in order, each made into a row."""

    def check(key: str, value: Any, found: Findings) -> tuple[Any, ...]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            found.error(f"{key}: must be a list of objects")
            return ()
        if limit and len(value) > limit:
            found.warn(f"{key}: {len(value)} of them, the limit is {limit}")
        kept = [
            read_object(row, checks, found, required=required, where=f"{key} {place}: ")
            for place, row in enumerate(value, 1)
        ]
        return tuple(make(**row) for row in kept if all(map(row.get, required)))

    return check


def translations(key: str, value: Any, found: Findings) -> dict[str, dict[str, str]]:
    """Texts by language code, then by the name of the text."""
    if not isinstance(value, dict):
        found.error(f"{key}: must be an object of languages, not {kind_of(value)}")
        return {}
    kept = {}
    for code, texts in value.items():
        if code not in LANGUAGE_CODES:
            known = ", ".join(LANGUAGE_CODES)
            found.error(f"{key}: language {shown(code)} is unknown; it must be one of {known}")
        elif not isinstance(texts, dict):
            found.error(f"{key} {code}: must be an object of texts, not {kind_of(texts)}")
        else:
            read = read_object(texts, TRANSLATED, found, where=f"{key} {code}: ")
            kept[code] = {name: words for name, words in read.items() if words}
    return {code: texts for code, texts in kept.items() if texts}


CHECKS: dict[str, Check] = {
    **TEXTS,
    **{key: slugs() for key in TERM_KEYS},
    "external_id": text(column=120),
    "administration": text(),
    "language": one_of(LANGUAGE_CODES),
    "number": case_number,
    "topics": slugs(limit=TOPICS_LIMIT),
    "stage": one_of(Stage.values),
    "year": integer(1900, 2100),
    "months": integer(0, 1200),
    "cost": one_of(CostBand.values),
    "funding": text(column=160),
    "results": rows(
        Result,
        {
            "indicator": text(column=160),
            "unit": text(column=40),
            "before": value_text(column=40),
            "after": value_text(column=40),
            "period": text(column=80),
            "method": text(column=300),
        },
        required=("indicator",),
    ),
    "evaluation": address(column=400),
    "reusable_blocks": rows(
        Block,
        {
            "name": text(column=120),
            "what": text(limit=500),
            "factors": text(limit=500),
            "lesson": text(limit=500),
        },
        required=("name",),
        limit=REUSABLE_BLOCKS_LIMIT,
    ),
    "partners": rows(
        PartnerRow,
        {
            "kind": one_of(Partner.Kind.values),
            "name": text(column=160),
            "administration": text(),
        },
        required=("kind",),
    ),
    "links": rows(Link, {"url": address(column=400), "title": text(column=160)}, required=("url",)),
    "video": address(column=400),
    "related": rows(
        Relation,
        {"kind": one_of(RelatedCase.Kind.values), "external_id": text()},
        required=("kind", "external_id"),
    ),
    "owner_unit": text(column=160),
    "owner_mailbox": mailbox,
    "contact_name": text(column=120),
    "contact_email": mailbox,
    "visibility": one_of(Visibility.values),
    "licence": one_of(Licence.values),
    "embargo_until": day,
    "review_by": day,
    "level": one_of(Level.values),
    "published_at": instant,
    "cleared": boolean,
    "no_sensitive_detail": boolean,
    "illustration": boolean,
    "translations": translations,
}


def read_record(line: Mapping[str, Any], found: Findings) -> CaseRecord | None:
    """Read one object of a file; None, with the reasons noted, where it cannot be a case."""
    schema = line.get("schema", SCHEMA)
    if schema != SCHEMA:
        found.error(f"schema: {shown(str(schema))} is unknown; this portal reads {SCHEMA}")
        return None
    _check_characters(line, found)
    content = {key: value for key, value in line.items() if key != "schema"}
    values = read_object(content, CHECKS, found, required=REQUIRED)
    if values.get("language") in values.get("translations", {}):
        found.error("translations: the language of the original is among them")
    if found.errors:
        return None
    # An empty word where a choice has a default means the default, as a missing key does.
    return CaseRecord(**{key: value for key, value in values.items() if value != ""})


def _check_characters(line: Mapping[str, Any], found: Findings) -> None:
    for key, value in line.items():
        everything = "\n".join(_texts_in([key, value]))
        if "\x00" in everything:
            found.error(f"{shown(key)}: holds a NUL character")
        if HALF_OF_A_PAIR.search(everything):
            found.error(f"{shown(key)}: holds half of a surrogate pair")


def _texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [words for pair in value.items() for part in pair for words in _texts_in(part)]
    if isinstance(value, list):
        return [words for part in value for words in _texts_in(part)]
    return []
