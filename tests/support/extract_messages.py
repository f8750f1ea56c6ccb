"""Gathers the texts of code and templates into the catalogues, stable enough to be compared.

Each language keeps its own Plural-Forms: Django asks every catalogue with the rule of that
catalogue, so Russian may have three forms here although Django's own catalogue has four.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "portal" / "locale"
LANGUAGES = ("fr", "es", "ar", "ru", "pt")
ROOMS = ("casestudies", "forums", "portal", "search")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
HEADERS = ("Project-Id-Version", "Language", "Plural-Forms", "MIME-Version", "Content-Type")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class StableCatalogue(Catalog):
    """A catalogue without dates, authors and hosts: the same texts give the same file."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The few headers that Django needs."""
        return [(name, value) for name, value in super().mime_headers if name in HEADERS]


def empty_catalogue(language: str | None = None) -> StableCatalogue:
    """Gives a catalogue with nothing but its header."""
    return StableCatalogue(
        locale=language, project="Customs Forum", version="1", header_comment="", fuzzy=False
    )


def extracted() -> StableCatalogue:
    """Gives the texts that code and templates hold now, each with the files it stands in."""
    if not settings.configured:
        settings.configure()
        django.setup()
    found: dict[tuple[Any, str | None], dict[str, Any]] = {}
    for path in _sources():
        name = path.relative_to(ROOT).as_posix()
        for _line, texts, comments, context in _texts_of(path):
            entry = found.setdefault(
                (texts, context), {"locations": set(), "auto_comments": [], "context": context}
            )
            entry["locations"].add((name, None))
            entry["auto_comments"] += [each for each in comments if each]
    catalogue = empty_catalogue()
    for (texts, _context), entry in sorted(found.items(), key=_file_then_text):
        catalogue.add(texts, **entry | {"locations": sorted(entry["locations"])})
    return catalogue


def _file_then_text(item: tuple[tuple[Any, str | None], dict[str, Any]]) -> tuple[str, str, str]:
    (texts, context), entry = item
    return (min(entry["locations"])[0], str(texts), context or "")


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            is_code = path.suffix == ".py" and "migrations" not in path.parts
            is_template = path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts
            if is_code or is_template:
                yield path


def _texts_of(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    source = path.read_text()
    if path.suffix != ".py":
        # A template's indentation means nothing, but would stop Python's tokenizer.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    options = {"encoding": "utf-8"}
    return extract("python", io.BytesIO(source.encode()), KEYWORDS, ("Translators",), options)


def committed(language: str) -> Catalog:
    """Gives the catalogue of a language as it stands in the tree; empty when there is none."""
    path = catalogue_path(language)
    if not path.exists():
        return empty_catalogue(language)
    with path.open("rb") as content:
        return read_po(content, locale=language, abort_invalid=True)


def catalogue_path(language: str) -> Path:
    """Gives where the catalogue of a language stands."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def merged(template: Catalog, language: str) -> StableCatalogue:
    """Gives the texts of now with the translations there are; guesses none, keeps no old ones."""
    known, catalogue = committed(language), empty_catalogue(language)
    for message in texts_of(template):
        old = known.get(message.id, message.context)
        catalogue.add(
            message.id,
            _kept(old, message, catalogue.num_plurals),
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old is not None else (),
            context=message.context,
        )
    return catalogue


def _kept(old: Message | None, message: Message, forms: int) -> str | tuple[str, ...]:
    """Gives the translation there is, or as many empty forms as the language needs."""
    usable = old is not None and old.string and not old.fuzzy
    if usable and old.pluralizable == message.pluralizable:
        return old.string
    return ("",) * forms if message.pluralizable else ""


def texts_of(catalogue: Catalog) -> list[Message]:
    """Gives the messages of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def as_file(catalogue: Catalog) -> bytes:
    """Gives a catalogue as the content of its file."""
    content = io.BytesIO()
    write_po(content, catalogue, width=100, include_lineno=False)
    return content.getvalue().lstrip()


def main() -> None:
    """Writes the template and every catalogue, and says what is still to translate."""
    template = extracted()
    LOCALE.mkdir(exist_ok=True)
    (LOCALE / "django.pot").write_bytes(as_file(template))
    for language in LANGUAGES:
        catalogue = merged(template, language)
        catalogue_path(language).parent.mkdir(parents=True, exist_ok=True)
        catalogue_path(language).write_bytes(as_file(catalogue))
        texts = texts_of(catalogue)
        missing = sum(not all(forms_of(message)) for message in texts)
        print(f"{language}: {len(texts)} texts, {missing} to translate")


def forms_of(message: Message) -> tuple[str, ...]:
    """Gives the translation of a message as its forms: one, or as many as the language has."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


if __name__ == "__main__":
    main()
