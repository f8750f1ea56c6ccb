"""The interface is complete in every language, and no translation breaks what it stands in."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.support.extract_messages import (
    LANGUAGES,
    committed,
    extracted,
    forms_of,
    texts_of,
)

NAMED = re.compile(r"%\((\w+)\)[sd]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")
FORMS = {"fr": 2, "es": 2, "ar": 6, "ru": 3, "pt": 2}


@pytest.fixture(scope="module")
def texts_now() -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in texts_of(extracted())}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_the_texts_of_now_and_no_others(
    language: str, texts_now: set[tuple[object, str | None]]
) -> None:
    known = {(message.id, message.context) for message in texts_of(committed(language))}
    assert (texts_now - known, known - texts_now) == (set(), set()), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_all_its_forms(language: str) -> None:
    missing = [
        message.id
        for message in texts_of(committed(language))
        if message.fuzzy
        or not all(forms_of(message))
        or (message.pluralizable and len(forms_of(message)) != FORMS[language])
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_placeholders_tags_and_edges(language: str) -> None:
    broken = [
        (message.id, form)
        for message in texts_of(committed(language))
        for form in forms_of(message)
        if form and not _keeps_the_machinery(message, form)
    ]
    assert broken == []


def _keeps_the_machinery(message: Message, form: str) -> bool:
    if not message.pluralizable:
        return _machinery(message.id) == _machinery(form)
    singular, plural = (set(PLACEHOLDER.findall(text)) for text in message.id)
    found = set(PLACEHOLDER.findall(form))
    # "Two cases" has a word of its own in some languages: the number alone may be left out.
    spared = len((singular & plural) - found)
    return found <= singular | plural and spared <= 1 and _tags(form) == _tags(message.id[1])


def _machinery(text: str) -> tuple[list[str], list[str], bool, bool]:
    edges = text[:1].isspace(), text[-1:].isspace()
    return (sorted(PLACEHOLDER.findall(text)), _tags(text), *edges)


def _tags(text: str) -> list[str]:
    return sorted(TAG.findall(text))


def test_russian_counts_with_three_forms_although_django_itself_has_four(
    tmp_path: Path, settings: object
) -> None:
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && '
        '(n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
        'msgid "%(n)s tested case"\nmsgid_plural "%(n)s tested cases"\n'
        'msgstr[0] "случай"\nmsgstr[1] "случая"\nmsgstr[2] "случаев"\n'
    )
    settings.LOCALE_PATHS = [tmp_path]
    call_command("compile_catalogues")
    with translation.override("ru"):
        said = [
            translation.ngettext("%(n)s tested case", "%(n)s tested cases", number)
            for number in (1, 2, 5, 11, 21)
        ]
    assert said == ["случай", "случая", "случаев", "случаев", "случай"]


def test_broken_catalogue_is_named(tmp_path: Path, settings: object) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Open"\nOuvrir\n')
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match=r"fr/LC_MESSAGES/django\.po"):
        call_command("compile_catalogues")
