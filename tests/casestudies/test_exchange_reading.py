"""One line of the exchange format: what is read, and how each fault is named."""

import json
from typing import Any

import pytest

from casestudies.exchange.reader import Line, read_line, read_lines
from casestudies.exchange.records import Block, Relation, Result

SMALLEST = {"external_id": "x-1", "administration": "MT", "language": "en", "title": "A title"}


def read(**more: Any) -> Line:
    return read_line(1, json.dumps(SMALLEST | more).encode())


def read_text(text: str) -> Line:
    return read_line(1, text.encode())


def test_four_keys_are_enough() -> None:
    line = read_text(json.dumps(SMALLEST))
    assert line.found.errors == line.found.warnings == []
    assert line.record is not None
    assert line.record.visibility == "public"
    assert line.record.as_json() == SMALLEST | {
        "schema": "case/1",
        "visibility": "public",
        "licence": "CC-BY-4.0",
    }


def test_null_is_the_same_as_no_key() -> None:
    assert read(year=None, results=None, visibility=None).record == read().record


@pytest.mark.parametrize("missing", sorted(SMALLEST))
@pytest.mark.parametrize("value", [None, "", "  ", "absent"])
def test_each_required_key_is_named_when_it_is_missing(missing: str, value: str | None) -> None:
    content: dict[str, Any] = dict(SMALLEST)
    content[missing] = value
    if value == "absent":
        del content[missing]
    line = read_text(json.dumps(content))
    assert line.record is None
    assert f"{missing}: is missing" in line.found.errors


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ('{"title": 1} x', "not JSON"),
        ("[]", "must be an object, not a list"),
        ('"text"', "must be an object, not a text"),
        ("3", "must be an object, not a number"),
        ("true", "must be an object, not true or false"),
        ('{"year": NaN}', "NaN is not a number"),
        ('{"title": "a", "title": "b"}', "the key 'title' is there twice"),
        ("[" * 100_000, "brackets too deep"),
        ('{"year": ' + "1" * 5000 + "}", "a number too long"),
    ],
)
def test_what_is_not_a_json_object_is_named(text: str, words: str) -> None:
    line = read_text(text)
    assert line.record is None
    assert words in line.found.errors[0]


def test_bytes_that_are_not_utf8_are_named() -> None:
    assert "not UTF-8" in read_line(1, b'{"title": "\xff"}').found.errors[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"schema": "case/2"}, "schema: 'case/2' is unknown"),
        ({"summary": 5}, "summary: must be a text, not a number"),
        ({"language": "de"}, "language: 'de' is unknown"),
        ({"title": "t" * 256}, "title: 256 characters, the portal holds at most 255"),
        ({"external_id": "x" * 121}, "external_id: 121 characters"),
        ({"funding": "f" * 161}, "funding: 161 characters"),
        ({"year": "2021"}, "year: must be a whole number, not a text"),
        ({"year": 20.5}, "year: must be a whole number"),
        ({"year": True}, "year: must be a whole number"),
        ({"year": 21}, "year: 21 is not between 1900 and 2100"),
        ({"months": -1}, "months: -1 is not between"),
        ({"stage": "dreaming"}, "stage: 'dreaming' is unknown"),
        ({"cost": "a lot"}, "cost: 'a lot' is unknown"),
        ({"visibility": "secret"}, "visibility: 'secret' is unknown"),
        ({"licence": "none"}, "licence: 'none' is unknown"),
        ({"topics": "transit"}, "topics: must be a list of texts"),
        ({"modes": [1]}, "modes: must be a list of texts"),
        ({"results": {}}, "results: must be a list of objects"),
        ({"results": [{"unit": "days"}]}, "results 1: indicator: is missing"),
        ({"results": [{"indicator": "a", "before": True}]}, "before: must be a number or a text"),
        ({"results": [{"indicator": "a", "after": "9" * 41}]}, "after: 41 characters"),
        ({"reusable_blocks": [{"what": "w"}]}, "reusable_blocks 1: name: is missing"),
        ({"partners": [{"kind": "friend"}]}, "kind: 'friend' is unknown"),
        ({"links": [{"url": "javascript:alert(1)"}]}, "is not an http or https address"),
        ({"video": "ftp://example.org/v"}, "is not an http or https address"),
        ({"owner_mailbox": "nobody"}, "owner_mailbox: 'nobody' is not an e-mail address"),
        ({"related": [{"external_id": "x-2"}]}, "related 1: kind: is missing"),
        ({"review_by": "soon"}, "review_by: must be a date"),
        ({"review_by": "2026-02-30"}, "review_by: must be a date"),
        ({"published_at": "2026-02-03T10:00:00"}, "must be a time with its zone"),
        ({"illustration": "yes"}, "illustration: must be true or false"),
        ({"translations": []}, "translations: must be an object of languages"),
        ({"translations": {"xx": {}}}, "language 'xx' is unknown"),
        ({"translations": {"fr": {"title": 3}}}, "translations fr: title: must be a text"),
        ({"translations": {"en": {"title": "A"}}}, "the language of the original"),
        ({"problem": "a\x00b"}, "'problem': holds a NUL character"),
        ({"results": [{"indicator": "a\x00"}]}, "'results': holds a NUL character"),
        ({"lessons": "half \ud83d"}, "'lessons': holds half of a surrogate pair"),
    ],
)
def test_each_fault_is_named_with_its_key(fields: dict[str, Any], words: str) -> None:
    line = read(**fields)
    assert line.record is None
    assert any(words in error for error in line.found.errors)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "t" * 121}, "title: 121 characters, the limit is 120"),
        ({"solution": "s" * 3001}, "solution: 3001 characters, the limit is 3000"),
        ({"topics": list("abcdef")}, "topics: 6 of them, the limit is 5"),
        ({"reusable_blocks": [{"name": "n"}] * 7}, "reusable_blocks: 7 of them, the limit is 6"),
        ({"mystery": 1}, "mystery: is not a key of the format"),
        ({"results": [{"indicator": "a", "who": "me"}]}, "results 1: who: is not a key"),
        ({"number": "7"}, "number: '7' is not a case number"),
        ({"modes": ["sea", "sea"]}, "modes: a word is there twice"),
    ],
)
def test_what_breaks_a_limit_goes_in_whole_with_a_warning(
    fields: dict[str, Any], words: str
) -> None:
    line = read(**fields)
    assert line.record is not None
    assert any(words in warning for warning in line.found.warnings)
    for key in {"title", "solution"} & fields.keys():
        assert getattr(line.record, key) == fields[key]


def test_limits_count_letters_as_people_do() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    assert read(title=family * 50).found.warnings == []


def test_every_fault_of_a_line_is_named_at_once() -> None:
    assert len(read(year="x", stage="y", cost=3).found.errors) == 3


def test_measured_values_may_be_numbers_or_texts() -> None:
    line = read(results=[{"indicator": "days", "before": 14.50, "after": "about 3"}])
    assert line.record is not None
    assert line.record.results == (Result("days", before="14.5", after="about 3"),)


@pytest.mark.parametrize("value", ["12", "12.50", "1e5", "007", "nan", "1_000", "-0", "٣"])
def test_a_measured_value_is_written_so_that_it_is_read_back_alike(value: str) -> None:
    record = read(results=[{"indicator": "days", "before": value}]).record
    assert record is not None
    assert read_text(json.dumps(record.as_json())).record == record


def test_groups_keep_their_order() -> None:
    line = read(
        reusable_blocks=[{"name": "b"}, {"name": "a"}],
        related=[{"kind": "part_of", "external_id": "x-2"}],
    )
    assert line.record is not None
    assert line.record.reusable_blocks == (Block("b"), Block("a"))
    assert line.record.related == (Relation("part_of", "x-2"),)


def test_lines_keep_their_numbers_over_blank_ones_and_a_byte_order_mark() -> None:
    line = json.dumps(SMALLEST).encode()
    other = json.dumps(SMALLEST | {"external_id": "x-2", "summary": "a\u2028b"}).encode()
    read = list(read_lines([b"\xef\xbb\xbf" + line + b"\r\n", b"\n", b"  \r\n", other]))
    assert [(item.number, item.found.errors) for item in read] == [(1, []), (4, [])]


def test_the_second_case_of_an_external_id_is_refused() -> None:
    line = json.dumps(SMALLEST).encode()
    first, second = read_lines([line, line])
    assert first.record
    assert second.record is None
    assert second.found.errors == ["external_id: line 1 has the same one"]
