"""Lists to take along: a class's learners, faulty rows, and an empty template."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils import timezone
from openpyxl import Workbook

from schools.models import Classroom

from .columns import COLUMNS
from .people import current_enrolments, roster_people
from .plan import Planned
from .rows import FORMULA_STARTS
from .words import error_words

HEADING: Final = (
    "email", "name", "class", "first language", "level", "external id", "minor",
    "guardian email",
)  # fmt: skip
EXAMPLE: Final = (
    "ana@example.org", "Ana Silva", "", "Portuguese", "A2", "2041", "no", "",
)  # fmt: skip
assert len(HEADING) == len(COLUMNS)  # noqa: S101 checked when it is loaded


def safe_cell(text: str) -> str:
    """Return text that no spreadsheet runs as a formula when the file is opened."""
    return f"'{text}" if text.startswith((*FORMULA_STARTS, "\t", "\r")) else text


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV that Excel opens as UTF-8; no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def roster_csv(classroom: Classroom) -> str:
    """Return who is in a class, in the columns in which a list is brought."""
    enrolments = list(current_enrolments(classroom))
    people = roster_people(classroom, enrolments, today=timezone.localdate())
    rows = [
        (
            person.email,
            person.name,
            classroom.name,
            person.l1,
            person.level,
            person.external_id,
            "yes" if person.is_minor else "no",
            "",
        )
        for person in people
    ]
    return csv_text([HEADING, *rows])


def faulty_csv(planned: Iterable[Planned]) -> str:
    """Return rows to be corrected, with what is wrong in a last column."""
    rows = [
        (
            one.row.email,
            one.row.name,
            one.row.classroom,
            one.row.l1,
            one.row.level,
            one.row.external_id,
            {True: "yes", False: "no", None: ""}[one.row.is_minor],
            one.row.guardian_email,
            str(one.row.line),
            " ".join(error_words(code) for code in one.errors),
        )
        for one in planned
        if one.errors
    ]
    return csv_text([(*HEADING, "line", "to correct"), *rows])


def template_csv() -> str:
    """Return the columns with one row as an example."""
    return csv_text([HEADING, EXAMPLE])


def template_xlsx() -> bytes:
    """Return the same as an Excel workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 a new workbook has one sheet
    sheet.append(HEADING)
    sheet.append(EXAMPLE)
    for column in "ABCDEFGH":
        sheet.column_dimensions[column].width = 24
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
