"""A case as the exchange format sees it: plain values, comparable, without the database."""

from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from casestudies.models.choices import Licence, Visibility
from casestudies.models.fields import TEXT_LIMITS
from casestudies.models.vocabularies import Vocabulary

SCHEMA = "case/1"

# The key of each vocabulary in the format.
TERM_KEYS: dict[str, str] = {
    "building_blocks": Vocabulary.BUILDING_BLOCK,
    "innovation_types": Vocabulary.INNOVATION_TYPE,
    "technologies": Vocabulary.TECHNOLOGY,
    "instruments": Vocabulary.INSTRUMENT,
    "beneficiaries": Vocabulary.BENEFICIARY,
    "processes": Vocabulary.PROCESS,
    "modes": Vocabulary.MODE,
    "pmm_dimensions": Vocabulary.PMM_DIMENSION,
}
# Keys whose value is the attribute of the same name on a case.
PLAIN_KEYS: tuple[str, ...] = (
    "title",
    "language",
    *TEXT_LIMITS,
    "stage",
    "year",
    "months",
    "cost",
    "funding",
    "evaluation",
    "video",
    "owner_unit",
    "owner_mailbox",
    "contact_name",
    "contact_email",
    "visibility",
    "licence",
    "embargo_until",
    "review_by",
    "cleared",
    "no_sensitive_detail",
)
ALWAYS_WRITTEN = ("external_id", "administration", "language", "title", "visibility", "licence")


@dataclass(frozen=True)
class Result:
    """One row of the table of results; values are texts, also where they are numbers."""

    indicator: str
    unit: str = ""
    before: str = ""
    after: str = ""
    period: str = ""
    method: str = ""


@dataclass(frozen=True)
class Block:
    """A reusable building block."""

    name: str
    what: str = ""
    factors: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class PartnerRow:
    """Who took part; `administration` is a country code, for Members."""

    kind: str
    name: str = ""
    administration: str = ""


@dataclass(frozen=True)
class Link:
    """A link to more material."""

    url: str
    title: str = ""


@dataclass(frozen=True)
class Relation:
    """How the case stands to another one, named by its external id."""

    kind: str
    external_id: str


@dataclass(frozen=True)
class CaseRecord:
    """One line of the format; every default is what a missing key means.

    None for `number`, `level`, `review_by` and `published_at` means: as the portal has it.
    """

    external_id: str
    administration: str
    language: str
    title: str
    number: str | None = None
    summary: str = ""
    problem: str = ""
    solution: str = ""
    novelty: str = ""
    legal_basis: str = ""
    partnership: str = ""
    outcomes: str = ""
    challenges: str = ""
    conditions: str = ""
    lessons: str = ""
    differently: str = ""
    transfer: str = ""
    topics: tuple[str, ...] = ()
    building_blocks: tuple[str, ...] = ()
    innovation_types: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    pmm_dimensions: tuple[str, ...] = ()
    stage: str = ""
    year: int | None = None
    months: int | None = None
    cost: str = ""
    funding: str = ""
    results: tuple[Result, ...] = ()
    evaluation: str = ""
    reusable_blocks: tuple[Block, ...] = ()
    partners: tuple[PartnerRow, ...] = ()
    links: tuple[Link, ...] = ()
    video: str = ""
    related: tuple[Relation, ...] = ()
    owner_unit: str = ""
    owner_mailbox: str = ""
    contact_name: str = ""
    contact_email: str = ""
    visibility: str = Visibility.PUBLIC.value
    licence: str = Licence.CC_BY.value
    embargo_until: date | None = None
    review_by: date | None = None
    level: str | None = None
    published_at: datetime | None = None
    cleared: bool = False
    no_sensitive_detail: bool = False
    illustration: bool = False
    translations: dict[str, dict[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the line as JSON values, without what a missing key means anyway."""
        line: dict[str, Any] = {"schema": SCHEMA}
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name in ALWAYS_WRITTEN or value != _default(item):
                line[item.name] = _json_value(value)
        return line


def _default(item: "Field[Any]") -> Any:
    if item.default_factory is not MISSING:
        return item.default_factory()
    return item.default


def _json_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_json_value(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Result | Block | PartnerRow | Link | Relation):
        return _json_row(value)
    return value


def _json_row(row: Any) -> dict[str, Any]:
    values = {item.name: getattr(row, item.name) for item in fields(row)}
    kept = {name: value for name, value in values.items() if value != ""}
    for name in {"before", "after"} & kept.keys():
        kept[name] = _number_or_text(kept[name])
    return kept


def _number_or_text(text: str) -> int | float | str:
    """Give a number only where writing it again gives exactly this text."""
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        decimal = Decimal(text)
        if str(number) == str(decimal) == text and decimal.is_finite():
            return number
    return text
