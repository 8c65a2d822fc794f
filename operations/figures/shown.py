"""A figure as pages show it: a sentence, a chart, its table, and the same table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from learners.progress.charts import Chart

Cell = str | int | float | None
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Tile:
    """One number to be seen at once."""

    name: Words
    value: str
    note: Words = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """``rows`` have a cell for each of ``columns``; the first one names the row.

    ``kind`` is how the chart is drawn, ``bar`` or ``line``. ``empty`` says why there is
    nothing to see; ``note`` how the numbers are counted.
    """

    key: str
    title: Words
    columns: Sequence[Words]
    rows: Sequence[Sequence[Cell]]
    chart: Chart | None = None
    kind: str = "bar"
    unit: Words = ""
    sentence: Words = ""
    note: Words = ""
    empty: Words = ""
    tiles: Sequence[Tile] = field(default_factory=tuple)
    wide: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows


def as_csv(shown: Shown) -> str:
    """Return a figure's table as CSV; what a spreadsheet would take for a formula is text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(one) for one in shown.columns])
    writer.writerows([[_cell(one) for one in row] for row in shown.rows])
    return out.getvalue()


def _cell(value: Cell) -> Any:
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return "" if value is None else value
