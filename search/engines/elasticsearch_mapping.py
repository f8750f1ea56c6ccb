"""The mapping and the analyzers of an Elasticsearch index, from the one list of fields."""

import hashlib
import json
from typing import Any

from elasticsearch.dsl import (
    Boolean,
    Index,
    Keyword,
    Long,
    Mapping,
    Text,
    analyzer,
    char_filter,
    token_filter,
)

from search.analysis import ELIDED, SPELLING
from search.schema import FIELDS, SHOWN_PARTS, Field, Type

_stem = {
    "en": token_filter("stem_en", type="stemmer", language="english"),
    "fr": token_filter("stem_fr", type="stemmer", language="light_french"),
    "es": token_filter("stem_es", type="stemmer", language="light_spanish"),
    "ar": token_filter("stem_ar", type="stemmer", language="arabic"),
    "ru": token_filter("stem_ru", type="stemmer", language="russian"),
    "pt": token_filter("stem_pt", type="stemmer", language="light_portuguese"),
}
_stop = {
    code: token_filter(f"stop_{code}", type="stop", stopwords=f"_{name}_")
    for code, name in {
        "en": "english",
        "fr": "french",
        "es": "spanish",
        "ru": "russian",
        "pt": "portuguese",
    }.items()
}
_before: dict[str, list[Any]] = {
    "en": [
        token_filter("possessive_en", type="stemmer", language="possessive_english"),
        token_filter("spelling_en", type="pattern_replace", pattern=SPELLING, replacement="iz"),
    ],
    "fr": [
        token_filter("elision_fr", type="elision", articles_case=True, articles=ELIDED),
    ],
    "ar": ["decimal_digit", "arabic_normalization"],
}
_yo = char_filter("yo", type="mapping", mappings=["ё=>е", "Ё=>Е"])


def _analyzer(language: str) -> Any:
    if not language:
        return analyzer(
            "text_neutral",
            tokenizer="standard",
            char_filter=[_yo],
            filter=["lowercase", "decimal_digit", "arabic_normalization", "asciifolding"],
        )
    filters = ["lowercase", *_before.get(language, [])]
    filters += [_stop[language]] if language in _stop else []
    # Folded after stemming: the stemmers of Spanish and Portuguese look at the accents.
    filters += [_stem[language], "asciifolding"]
    yo = [_yo] if language == "ru" else []
    return analyzer(f"text_{language}", tokenizer="standard", filter=filters, char_filter=yo)


def _field(field: Field) -> Any:
    if field.type is Type.KEYWORD:
        return Keyword(ignore_above=256)
    if field.type is Type.NUMBER:
        return Long()
    if field.type is Type.FLAG:
        return Boolean()
    shown = field.name.split("_")[0] in SHOWN_PARTS and field.language
    return Text(
        analyzer=_analyzer(field.language),
        index_options="offsets" if shown else "freqs",
        norms=True,
    )


def index_body() -> dict[str, Any]:
    """Give the settings and the strict mapping of a new index."""
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    for field in FIELDS:
        mapping.field(field.name, _field(field))
    index = Index("any")
    index.settings(number_of_shards=1, auto_expand_replicas="0-1")
    index.mapping(mapping)
    return index.to_dict()


def form() -> str:
    """Name the form of today's indices: a hash of mapping and settings."""
    written = json.dumps(index_body(), sort_keys=True).encode()
    return hashlib.sha256(written).hexdigest()[:12]
