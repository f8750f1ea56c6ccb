"""Reads a file of the exchange format: every line becomes a record or a list of reasons."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn

from casestudies.exchange.checks import kind_of, shown
from casestudies.exchange.findings import Findings
from casestudies.exchange.records import CaseRecord
from casestudies.exchange.schema import read_record

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass
class Line:
    """One line of a file that is not blank, by its number, with what was found in it."""

    number: int
    record: CaseRecord | None = None
    found: Findings = field(default_factory=Findings)


class _NotJson(ValueError):
    """What JSON forbids although Python would read it."""


def read_lines(lines: Iterable[bytes]) -> Iterator[Line]:
    """Read the lines of a file in order; a second case of one external id is an error."""
    first_seen: dict[str, int] = {}
    for number, raw in enumerate(lines, 1):
        content = raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw
        if not content.strip():
            continue
        line = read_line(number, content)
        if line.record:
            first = first_seen.setdefault(line.record.external_id, number)
            if first != number:
                line.found.error(f"external_id: line {first} has the same one")
                line.record = None
        yield line


def read_line(number: int, raw: bytes) -> Line:
    """Read one line, whatever it holds."""
    line = Line(number)
    try:
        content = _parse(raw)
    except UnicodeDecodeError as problem:
        line.found.error(f"not UTF-8 from byte {problem.start + 1} on")
    except json.JSONDecodeError as problem:
        line.found.error(f"not JSON: {problem.msg} at character {problem.pos + 1}")
    except _NotJson as problem:
        line.found.error(f"not JSON: {problem}")
    except (ValueError, RecursionError):
        line.found.error("not JSON that can be read: a number too long or brackets too deep")
    else:
        if isinstance(content, dict):
            line.record = read_record(content, line.found)
        else:
            line.found.error(f"must be an object, not {kind_of(content)}")
    return line


def _parse(raw: bytes) -> Any:
    return json.loads(
        raw.decode("utf-8"),
        parse_float=Decimal,
        parse_constant=_refuse_constant,
        object_pairs_hook=_object_without_repeats,
    )


def _refuse_constant(name: str) -> NoReturn:
    raise _NotJson(f"{name} is not a number")


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NotJson(f"the key {shown(twice)} is there twice")
    return content
