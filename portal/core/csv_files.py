"""Rows as a file with commas that spreadsheets open as they are, and in which nothing computes."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpResponse

from portal.core.text import harmless

Cell = str | int | float | date | None
# With the mark at the beginning, spreadsheets read the letters of every language.
MARK = "\ufeff"
KIND = "text/csv; charset=utf-8"


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Give rows separated by commas; no text is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return (MARK + text.getvalue()).encode("utf-8", "replace")


def csv_answer(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer a request with rows as the file `name`, not to be found by other engines."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(as_csv(heads, rows), content_type=KIND, headers=headers)


def _safe(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell
