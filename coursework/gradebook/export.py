"""The gradebook as a file: the same numbers as the page, safe to open in a spreadsheet.

A name that begins like a formula gets an apostrophe in CSV, where cells have no types; in
XLSX it is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .arithmetic import CellState, shown
from .book import Book
from .words import cell_text

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NAMES = 3
WIDTHS = (28, 32, 16)

Value = str | Decimal | int | None


def table(book: Book) -> Iterator[list[Value]]:
    """Yield the rows of a file: heads, weights, learners, means. Numbers are numbers."""
    heads: list[Value] = [_("Learner"), _("E-mail address"), _("School’s number")]
    yield [
        *heads,
        *(f"{one.title} (/{one.points})" for one in book.assignments),
        _("Total in percent"),
    ]
    blank: list[Value] = ["", ""]
    yield [_("Weight"), *blank, *(one.weight for one in book.assignments), ""]
    for row in book.rows:
        cells: list[Value] = [
            cell.points
            if cell.state in (CellState.MARKED, CellState.OVERRIDDEN)
            else cell_text(cell)
            for cell in row.cells
        ]
        yield [row.name, row.email, row.external_id, *cells, row.total]
    yield [_("Mean in percent"), *blank, *book.means, book.mean_total]


def as_csv(book: Book) -> str:
    """Return the gradebook as CSV, with the mark by which spreadsheets know UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    for row in table(book):
        writer.writerow([_plain(value) for value in row])
    return "\ufeff" + file.getvalue()


def as_xlsx(book: Book) -> bytes:
    """Return the gradebook as an Excel workbook."""
    workbook = Workbook()
    sheet = workbook.active
    if sheet is None:
        raise RuntimeError("a new workbook has a sheet")
    sheet.title = _("Gradebook")
    for at, row in enumerate(table(book), start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=column)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                # Never a formula, whatever somebody is called.
                cell.data_type = "s"
            elif value is not None:
                cell.value = value if isinstance(value, int) else float(value)
            if at == 1:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, sheet.max_column + 1):
        width = WIDTHS[column - 1] if column <= NAMES else 16
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _plain(value: Value) -> str:
    if isinstance(value, Decimal):
        return shown(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and text != "–" else text
