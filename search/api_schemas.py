"""The shapes of the read API: what may be asked and what is answered."""

from typing import Literal

from ninja import Field, Schema

from search.criteria import MAX_PAGE_SIZE, PAGE_SIZE, WINDOW, Sort

LanguageCode = Literal["en", "fr", "es", "ar", "ru", "pt"]


class Labelled(Schema):
    """What every question may say: the language of the names in the answer."""

    ui: LanguageCode = Field("en", description="Language of labels and of page addresses")


class Paged(Labelled):
    """Which part of a list is asked for."""

    page: int = Field(1, ge=1, le=WINDOW, description="Which part of the list, from 1")
    size: int = Field(
        PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE, description="How many a part, 20 by default"
    )


class SearchParameters(Paged):
    """A search; a repeated parameter means OR, different parameters mean AND."""

    q: str = Field("", description="Words; at most 32 words and 256 characters count")
    kind: list[str] = Field([], description="case or collection")
    region: list[str] = Field([], description="Slug of a region")
    administration: list[str] = Field([], description="Slug of an administration")
    topic: list[str] = Field([], description="Slug of a topic or of a group of topics")
    building_block: list[str] = Field(
        [], description="Building block of Customs in the 21st Century"
    )
    innovation_type: list[str] = Field([], description="Type of innovation")
    stage: list[str] = Field(
        [], description="idea, design, pilot, implementation, operation, scaled or discontinued"
    )
    language: list[str] = Field([], description="Language of the original")
    technology: list[str] = Field([], description="Technology used")
    instrument: list[str] = Field(
        [], description="Article, annex or pillar of an international instrument"
    )
    beneficiary: list[str] = Field([], description="Who benefits")
    cost: list[str] = Field(
        [], description="lt-50k, 50k-250k, 250k-1m, 1m-5m, gt-5m or undisclosed"
    )
    level: list[str] = Field([], description="shared, validated or adopted")
    freshness: list[str] = Field(
        [], description="current, due or outdated; without it all but what is outdated"
    )
    year_from: int | None = Field(
        None, ge=1900, le=2100, description="Put into practice in this year or later"
    )
    year_to: int | None = Field(
        None, ge=1900, le=2100, description="Put into practice in this year or earlier"
    )
    measured: bool = Field(False, description="Only with measured results")
    failures: bool = Field(False, description="Only with failures described")
    sort: Sort = Field(Sort.RELEVANCE, description="Without words, relevance means newest")


class Problem(Schema):
    """One thing that is wrong with a question."""

    field: str
    reason: str


class Refusal(Schema):
    """Why a question was not answered, parameter by parameter."""

    detail: list[Problem]


class Message(Schema):
    """Why there is no answer, in one sentence."""

    detail: str


class FacetOption(Schema):
    """A value of a facet and how many results choosing it gives."""

    value: str
    label: str
    count: int
    selected: bool


class Summary(Schema):
    """A case or a collection in a list."""

    id: str = Field(description="The case number; for a collection its id")
    external_id: str | None
    kind: str
    title: str
    summary: str
    url: str
    language: str
    region: str | None
    administration: str | None
    topics: list[str]
    year: int | None
    stage: str | None
    level: str | None
    updated: str | None


class Found(Summary):
    """A result of a search; highlights are escaped HTML with only `<mark>` in it."""

    highlights: list[str]
    score: float | None


class SearchAnswer(Schema):
    """One page of results with the facets of the whole search."""

    total: int
    page: int
    size: int
    engine: str
    degraded: bool
    forgiven: bool = Field(
        description="Nothing has the words asked for: the results have words that are nearly them"
    )
    did_you_mean: str | None
    results: list[Found]
    facets: dict[str, list[FacetOption]]
    years: dict[int, int] = Field(
        description="Results by year put into practice, whatever years were asked for"
    )


class Listing(Schema):
    """One page of a list."""

    total: int
    page: int
    size: int


class CaseList(Listing):
    """Case studies, what changed last first."""

    results: list[Summary]


class Measured(Schema):
    """One measured result."""

    indicator: str
    unit: str
    before: str
    after: str
    period: str
    method: str


class CaseRecord(Summary):
    """A whole case study in its original language."""

    owner_unit: str
    texts: dict[str, str] = Field(description="The written parts by name; empty ones left out")
    terms: dict[str, list[str]] = Field(description="Slugs of the other vocabularies by name")
    months: int | None
    cost: str
    results: list[Measured]
    translations: list[str] = Field(description="Languages with a checked translation")
    licence: str
    published: str | None
    review_by: str | None
    illustration: bool


class CollectionSummary(Schema):
    """A curated collection in a list."""

    id: str
    title: str
    summary: str
    url: str
    language: str
    region: str | None
    cases: int


class CollectionList(Listing):
    """Curated collections, the newest first."""

    results: list[CollectionSummary]


class CollectionItem(Schema):
    """A case in a collection and why the curator chose it."""

    comment: str
    case: Summary


class CollectionRecord(CollectionSummary):
    """A whole collection, its cases in the curator's order."""

    introduction: str
    items: list[CollectionItem]


class RegionLine(Schema):
    """A region of the organisation."""

    slug: str
    code: str
    name: str
    members: int
    cases: int


class RegionList(Listing):
    """The six regions."""

    results: list[RegionLine]


class AdministrationLine(Schema):
    """A Customs administration."""

    code: str = Field(description="ISO 3166 alpha-2, or EU")
    slug: str
    name: str
    region: str
    cases: int


class AdministrationList(Listing):
    """Customs administrations by name."""

    results: list[AdministrationLine]


class TopicLine(Schema):
    """A topic, or a group of topics where it has no parent."""

    slug: str
    label: str
    parent: str | None
    count: int


class TopicList(Listing):
    """Topics in the vocabulary's order."""

    results: list[TopicLine]
