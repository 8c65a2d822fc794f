"""Maps of a class as CSV, with everything that the page has no room for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from .heat import Cell, Heat, Shade
from .words import Advice

# Programs for tables take what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def heat_csv(heat: Heat) -> str:
    """Return a row a learner; an empty cell: nothing is known, ``?``: too little."""
    head = [_("Learner"), *(one.column.title for one in heat.columns)]
    rows = [
        [
            row.learner.name,
            *(_text(one.cell) for one in row.cells),
        ]
        for row in heat.rows
    ]
    return _csv([head, *rows])


def needs_csv(advices: Iterable[Advice]) -> str:
    """Return a row for each thing that somebody needs, most urgent first."""
    head = [_("Learner"), _("What"), _("What to do")]
    rows = ([one.need.learner.name, one.sentence, one.action] for one in advices)
    return _csv([head, *rows])


def _text(cell: Cell) -> str:
    if cell.is_empty:
        return ""
    return "?" if cell.shade is Shade.UNKNOWN else cell.text


def _csv(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    # The mark tells Excel that it is UTF-8.
    text.write("\ufeff")
    csv.writer(text).writerows([_safe(value) for value in row] for row in rows)
    return text.getvalue()


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
