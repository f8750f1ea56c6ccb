"""The embedded engine's index: its fields and an analyzer for each language."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import tantivy
from tantivy import Filter, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from portal.core.languages import LANGUAGE_CODES
from search.analysis import ELIDED, STEMMERS, STOPPED, prepare
from search.schema import FIELDS, SHOWN_PARTS, Field, Type, text_field

FORM = "6"
STORED = {"id", "kind", "pk", "version", "alive", "digest", "region", "visibility"}
# What is shown is kept beside what is searched: the searched text is prepared for its analyzer.
SHOWN = "shown"
SHOWN_FIELDS = (
    "language",
    "own_topics",
    *(text_field(part, code) for part in SHOWN_PARTS for code in LANGUAGE_CODES),
)


def make_analyzer(language: str) -> TextAnalyzer:
    """Give the analyzer of a language; the neutral one for an empty code."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    builder = builder.filter(Filter.remove_long(80)).filter(Filter.lowercase())
    if language == "fr":
        builder = builder.filter(Filter.custom_stopword(ELIDED))
    if language in STOPPED:
        builder = builder.filter(Filter.stopword(STEMMERS[language]))
    if language in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[language]))
    return builder.filter(Filter.ascii_fold()).build()


@lru_cache(maxsize=8)
def _analyzer(language: str) -> TextAnalyzer:
    return make_analyzer(language)


def terms_of(text: str, language: str) -> list[str]:
    """Give the terms of a text, in order, as they stand in the index."""
    return _analyzer(language).analyze(prepare(text, language))


@lru_cache(maxsize=50_000)
def terms_of_word(word: str, language: str) -> tuple[str, ...]:
    """Give the terms of one word; words come again and again, so they are remembered."""
    return tuple(terms_of(word, language))


def _add(builder: SchemaBuilder, field: Field) -> None:
    stored = field.name in STORED
    if field.type is Type.KEYWORD:
        builder.add_text_field(field.name, stored=stored, fast=True, tokenizer_name="raw")
    elif field.type is Type.TEXT:
        shown = field.name.split("_")[0] in SHOWN_PARTS and field.language
        builder.add_text_field(
            field.name,
            tokenizer_name=f"text_{field.language}",
            index_option="position" if shown else "freq",
        )
    elif field.type is Type.FLAG:
        builder.add_boolean_field(field.name, stored=stored, indexed=True, fast=True)
    else:
        builder.add_integer_field(field.name, stored=stored, indexed=True, fast=True)


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """Give the schema of every embedded index."""
    builder = SchemaBuilder()
    for field in FIELDS:
        _add(builder, field)
    builder.add_bytes_field(SHOWN, stored=True)
    return builder.build()


def stored_form(document: Mapping[str, Any]) -> tantivy.Document:
    """Give a document as the index takes it; raises `ValueError` where a field does not fit."""
    shown = {name: document[name] for name in SHOWN_FIELDS if name in document}
    searched = {
        field.name: _prepared(document[field.name], field)
        for field in FIELDS
        if field.name in document
    }
    return tantivy.Document.from_dict(
        searched | {SHOWN: json.dumps(shown, ensure_ascii=False).encode()}, schema()
    )


def shown_of(document: tantivy.Document) -> dict[str, Any]:
    """Give what may be shown of a document that was found."""
    found: dict[str, Any] = json.loads(bytes(document[SHOWN][0]))
    return found


def _prepared(value: Any, field: Field) -> Any:
    if field.type is not Type.TEXT:
        return value
    if isinstance(value, str):
        return prepare(value, field.language)
    return [_prepared_name(text, field.language) for text in value]


# Names of topics, terms and Members stand in one document after the other.
_prepared_name = lru_cache(maxsize=50_000)(prepare)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Name the form of the index: another form never opens an index of this one."""
    form = [FORM, version("tantivy"), *(repr(field) for field in FIELDS), *sorted(STORED)]
    return hashlib.sha256("\n".join(form).encode()).hexdigest()[:12]


def open_index(path: str) -> tantivy.Index:
    """Open the index in a folder, making it where there is none."""
    index = tantivy.Index(schema(), path=path, reuse=True)
    for language in ("", *LANGUAGE_CODES):
        index.register_tokenizer(f"text_{language}", make_analyzer(language))
    index.config_reader(reload_policy="manual")
    return index
