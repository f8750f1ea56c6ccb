"""Rows written as a workbook that spreadsheets open as it is."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from portal.core.csv_files import Cell

WIDTH, WIDE = 18, 60


def as_xlsx(heads: list[str], rows: Iterable[list[Cell]], *, title: str, mirrored: bool) -> bytes:
    """Give rows as a workbook of one sheet; `mirrored` begins it at the right."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = mirrored
    sheet.freeze_panes = "A2"
    for place in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDE if place in (3, 4) else WIDTH
    sheet.append([_head(sheet, head) for head in heads])
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: object, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
