"""Judged queries in the portal's own form, explained in `tests/search/judgements/README.md`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Question(NamedTuple):
    """A query as it is typed, the reader's interface language, and the grades of its answers."""

    id: str
    kind: str
    language: str
    text: str
    grades: dict[str, int]


class BadFileError(Exception):
    """A file of queries, documents or judgements is missing or not of its form."""


def read_judgements(folder: Path) -> list[Question]:
    """Read every `*.jsonl` of a folder; raises `BadFileError`."""
    found = [
        Question(row["id"], row["kind"], row["language"], row["query"], dict(row["judgements"]))
        for path in sorted(folder.glob("*.jsonl"))
        for row in read_rows(path, "id", "kind", "language", "query", "judgements")
    ]
    if not found:
        raise BadFileError(f"{folder}: no judged queries")
    return found


def read_rows(path: Path, *keys: str) -> Iterator[dict[str, Any]]:
    """Read the objects of a file of JSON Lines that all have these keys; raises `BadFileError`."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                row = json.loads(line)
                if not isinstance(row, dict) or not row.keys() >= set(keys):
                    raise BadFileError(f"{path}, line {number}: needs {', '.join(keys)}")
                yield row
    except OSError as problem:
        raise BadFileError(f"{path}: {problem.strerror}") from problem
    except ValueError as problem:
        raise BadFileError(f"{path}: not JSON Lines") from problem
