"""A heat map of a class as a table: learners down, sounds, mistakes or can-dos across.

Plain values: where they come from is ``reads``, how they look is a template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote
from uuid import UUID

MOST_COLUMNS = 14


class Shade(StrEnum):
    """How a cell looks. Each has a sign beside its colour."""

    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"
    UNKNOWN = "unknown"

    @property
    def sign(self) -> str:
        """Its sign, for who does not see its colour."""
        return {"good": "✓", "fair": "~", "weak": "!", "unknown": "·"}[self.value]


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner of the class."""

    id: int
    uuid: UUID
    name: str
    email: str = ""
    l1: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner at one thing. ``text`` stands in the cell, ``words`` say it in full.

    ``is_empty``: nothing at all is known, so there is nothing to open.
    ``need`` orders learners in a column and columns among each other: more is worse.
    """

    shade: Shade = Shade.UNKNOWN
    text: str = ""
    words: str = ""
    need: float = 0.0
    is_empty: bool = True


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its column's part of its address, below that of the map."""

    path: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A sound, a kind of mistakes or a can-do. ``key`` names it in addresses."""

    key: str
    label: str
    hint: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A learner with a cell for each column."""

    learner: Learner
    cells: tuple[PlacedCell, ...]


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A column with how many learners are weak in it."""

    column: Column
    n_weak: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The table. ``n_columns`` is how many there are in all; the file has them all."""

    kind: str
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    n_columns: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of anybody."""
        return not any(not one.cell.is_empty for row in self.rows for one in row.cells)


_NOTHING = Cell()
Cells = Mapping[tuple[int, str], Cell]


def heat_table(
    kind: str,
    learners: Sequence[Learner],
    columns: Sequence[Column],
    cells: Cells,
    *,
    most: int | None = MOST_COLUMNS,
    by_need: bool = True,
) -> Heat:
    """Return the table; ``by_need``: the columns that matter most to this class first.

    ``most`` none: all columns.
    """
    needs = {one.key: _need(one.key, learners, cells) for one in columns}
    chosen = list(columns)
    if by_need:
        chosen.sort(key=lambda one: -needs[one.key])
    chosen = chosen[:most]
    paths = {one.key: quote(one.key, safe="") for one in chosen}
    return Heat(
        kind,
        tuple(
            HeatColumn(one, len(weak_in(one.key, learners, cells))) for one in chosen
        ),
        tuple(
            HeatRow(
                learner,
                tuple(
                    PlacedCell(
                        paths[one.key], cells.get((learner.id, one.key), _NOTHING)
                    )
                    for one in chosen
                ),
            )
            for learner in learners
        ),
        len(columns),
    )


def weak_in(key: str, learners: Sequence[Learner], cells: Cells) -> list[Learner]:
    """Return who is weak in a column, the weakest first."""
    found = [
        learner
        for learner in learners
        if (cell := cells.get((learner.id, key))) and cell.shade is Shade.WEAK
    ]
    return sorted(found, key=lambda one: -cells[one.id, key].need)


def _need(key: str, learners: Sequence[Learner], cells: Cells) -> float:
    found = [cells[one.id, key] for one in learners if (one.id, key) in cells]
    return sum(cell.need for cell in found)
