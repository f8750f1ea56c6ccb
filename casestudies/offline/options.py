"""The words one chooses from, and the way back from words to what they stand for."""

import unicodedata
from collections.abc import Iterator

from django import forms
from django.utils.translation import override

from casestudies.wizard.kinds import Kind, OneField
from portal.core.languages import LANGUAGE_CODES
from portal.core.text import clean_text

Option = tuple[str, str | None, str]


def options_of(kind: Kind) -> Iterator[Option]:
    """Give (group, value, label) of a kind's options in order; a group begins without a value."""
    field = kind.field() if isinstance(kind, OneField) else _first(kind)
    yield from _options(field)


def flat(field: forms.Field) -> list[tuple[str, str]]:
    """Give (value, label) of every option of a field, without groups and the empty one."""
    return [(value, label) for _group, value, label in _options(field) if value]


def _first(kind: Kind) -> forms.Field:
    return next(iter(kind.fields("x").values()))


def _options(field: forms.Field) -> Iterator[Option]:
    for value, label in getattr(field, "choices", ()):
        if not isinstance(label, list | tuple):
            yield "", str(value), str(label)
            continue
        yield str(value), None, ""
        for inner, shown in label:
            yield str(value), str(inner), str(shown)


def plain_words(text: str) -> str:
    """Give words so that the same ones, typed or copied, are the same."""
    return " ".join(clean_text(unicodedata.normalize("NFKC", text)).casefold().split())


class Options:
    """Finds what chosen words stand for, first in the language of the file, then in any other."""

    def __init__(self, language: str) -> None:
        self.codes = [language, *(code for code in LANGUAGE_CODES if code != language)]
        self._known: dict[tuple[Kind, str], dict[str, str]] = {}

    def value_of(self, kind: Kind, words: str) -> str | None:
        """Give the value that a form takes for these words; None when nobody knows them."""
        wanted = plain_words(words)
        for code in self.codes:
            if found := self._labels(kind, code).get(wanted):
                return found
        return None

    def _labels(self, kind: Kind, code: str) -> dict[str, str]:
        known = self._known.get((kind, code))
        if known is None:
            with override(code):
                pairs = [(plain_words(label), value) for _g, value, label in options_of(kind)]
            known = {label: value for label, value in reversed(pairs) if value}
            self._known[kind, code] = known
        return known
