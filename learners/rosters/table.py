"""A file of a list as rows of text: CSV in the encodings that Excel writes, and XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from schools.problem import SchoolProblem

MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 5_000_000
# An XLSX is a compressed archive: so much may be in it.
MOST_BYTES_INSIDE: Final = 100_000_000
MOST_COLUMNS: Final = 60
MOST_CELL_CHARS: Final = 1000

_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_SEPARATORS: Final = ";,\t"

Row = tuple[str, ...]


class FileProblem(SchoolProblem):
    """A file that cannot be read as a list; the message says what to do."""


class FileTooLarge(FileProblem):
    """More bytes than a list has."""

    message = _("This file is larger than 5 MB. Is it the right one?")


class TooManyRows(FileProblem):
    """More rows than are taken at once."""

    message = _(
        "This list has more than 10,000 rows. Split it into several files, for example one "
        "for each year, and bring them one after the other."
    )


class NotAList(FileProblem):
    """Neither CSV nor XLSX."""

    message = _(
        "This file cannot be read. Save it as CSV or as an Excel workbook (.xlsx) and try "
        "again."
    )


class OldExcel(FileProblem):
    """The format of Excel before 2007."""

    message = _(
        "This is the old Excel format (.xls). Open it in Excel and save it as a workbook "
        "(.xlsx) or as CSV."
    )


class NothingInIt(FileProblem):
    """No rows."""

    message = _("There is nothing in this file.")


def read_table(content: bytes) -> list[tuple[int, Row]]:
    """Return the rows that are not empty, each with its line in the file from 1.

    A cell with a formula comes as the formula's text, so that it begins with "=".
    Raises FileProblem.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    if content.startswith(_OLD_EXCEL):
        raise OldExcel
    lines = _xlsx(content) if content.startswith(_ZIP) else _csv(content)
    rows: list[tuple[int, Row]] = []
    for number, cells in enumerate(lines, start=1):
        row = [cell.strip()[:MOST_CELL_CHARS] for cell in cells[:MOST_COLUMNS]]
        if any(row):
            rows.append((number, _without_end(row)))
        # One more than the rows themselves: the names of the columns.
        if len(rows) > MOST_ROWS + 1:
            raise TooManyRows
    if not rows:
        raise NothingInIt
    return rows


def _without_end(row: list[str]) -> Row:
    """Return a row up to its last cell that says something."""
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _text(content)
    lines = text.splitlines()
    separator, first = None, lines[0].strip() if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        # What Excel writes to tell itself the separator.
        separator = first[4]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator or _separator(lines)
    )
    try:
        for number, row in enumerate(reader):
            yield [] if number == 0 and separator else row
    except csv.Error:
        raise NotAList from None


def _separator(lines: list[str]) -> str:
    """Return what stands most often in the first line that says something."""
    first = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    sample = content[:200]
    if sample.count(0) > len(sample) // 4:
        # UTF-16 without its mark; Latin letters have their zero second in little endian.
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return _decoded(content, "utf-16-le" if little else "utf-16-be")
    if 0 in content:
        raise NotAList
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise NotAList from None


def _xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = sum(part.file_size for part in archive.infolist())
        if inside > MOST_BYTES_INSIDE:
            raise FileTooLarge
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        cells: Iterable[tuple[object, ...]] = sheet.iter_rows(
            max_col=MOST_COLUMNS, values_only=True
        )
        for row in cells:
            yield [_cell(value) for value in row]
    except FileProblem:
        raise
    except Exception:  # noqa: BLE001 whatever a damaged file makes of the library
        raise NotAList from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
