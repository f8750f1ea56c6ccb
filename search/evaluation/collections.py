"""Public test collections in the layout of BEIR: documents, queries and judgements of a folder."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from search.engines.base import Document
from search.evaluation.judgements import BadFileError, Question, read_rows
from search.schema import text_field

Grades = dict[str, dict[str, int]]


def read_questions(folder: Path, language: str) -> list[Question]:
    """Read the queries that have judgements; raises `BadFileError`."""
    grades = _read_grades(folder / "qrels" / "test.tsv")
    found = [
        Question(str(row["_id"]), folder.name, language, row["text"], grades[str(row["_id"])])
        for row in read_rows(folder / "queries.jsonl", "_id", "text")
        if str(row["_id"]) in grades
    ]
    if not found:
        raise BadFileError(f"{folder}: no judged queries")
    return found


def _read_grades(path: Path) -> Grades:
    found: Grades = defaultdict(dict)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found[row["query-id"]][row["corpus-id"]] = int(row["score"])
    except OSError as problem:
        raise BadFileError(f"{path}: {problem.strerror}") from problem
    except (KeyError, ValueError, TypeError) as problem:
        raise BadFileError(f"{path}: needs the columns query-id, corpus-id, score") from problem
    return found


def read_documents(folder: Path, language: str) -> Iterator[tuple[str, Document]]:
    """Read the documents, all in one language, each with its own id; raises `BadFileError`."""
    rows = read_rows(folder / "corpus.jsonl", "_id", "text")
    for pk, row in enumerate(rows, start=1):
        yield str(row["_id"]), _document(pk, row.get("title") or "", row["text"], language)


def _document(pk: int, title: str, text: str, language: str) -> Document:
    parts = {part: words for part, words in (("title", title), ("body", text)) if words}
    return {
        "id": f"case-{pk}",
        "kind": "case",
        "pk": pk,
        "alive": True,
        "language": language,
        "visibility": "public",
        "published": 0,
        "updated": 0,
        **{text_field(part): [words] for part, words in parts.items()},
        **{text_field(part, language): words for part, words in parts.items()},
    }
