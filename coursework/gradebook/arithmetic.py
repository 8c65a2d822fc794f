"""How marks are added up.

The rule of rounding: a mark is rounded once, after the late rule, to one decimal, halves
away from zero (2.25 is 2.3). Percents of cells are of the rounded mark. The total is made of
the rounded marks and rounded the same way, so that whoever checks a page or a file with a
calculator gets the same number. Decimals are used throughout: 0.1 + 0.2 is 0.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ONE_DECIMAL = Decimal("0.1")
HUNDRED = Decimal(100)
DAY_S = 86_400


class Counted(StrEnum):
    """Which of several attempts counts; as ``Classroom.CountedAttempt``."""

    BEST = "BEST"
    LAST = "LAST"


class CellState(StrEnum):
    """Where a learner stands with an assignment in the gradebook."""

    # Not for this learner.
    NONE = "none"
    # Not due yet, nothing handed in.
    OPEN = "open"
    # Handed in, and no mark yet.
    WAITING = "waiting"
    # Due, and nothing was handed in: no points.
    MISSING = "missing"
    EXCUSED = "excused"
    MARKED = "marked"
    OVERRIDDEN = "overridden"


# What goes into the total.
COUNTS = frozenset({CellState.MISSING, CellState.MARKED, CellState.OVERRIDDEN})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt that was handed in: its number, its mark if it has one, how late it was."""

    number: int
    points: float | None
    late_s: int = 0


@dataclass(frozen=True, slots=True)
class CellInput:
    """All that decides a cell. ``override`` none: there is none, or it was taken back."""

    of: int
    attempts: tuple[Attempt, ...] = ()
    is_for_learner: bool = True
    is_excused: bool = False
    is_due: bool = False
    override: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``points`` count, None where nothing does; ``attempt`` is the one taken.

    ``late_days`` were taken off, of a mark that was ``before_late``.
    """

    state: CellState
    of: int
    points: Decimal | None = None
    before_late: Decimal | None = None
    late_days: int = 0
    attempt: int | None = None

    @property
    def percent(self) -> Decimal | None:
        """Return the mark in percent, rounded; None where nothing counts."""
        if self.points is None:
            return None
        return rounded(self.points * HUNDRED / self.of)


def rounded(value: Decimal) -> Decimal:
    """Return a number with one decimal, halves away from zero."""
    return value.quantize(ONE_DECIMAL, rounding=ROUND_HALF_UP)


def exact(points: float) -> Decimal:
    """Return a stored number as people wrote it: 0.1 is one tenth."""
    return Decimal(repr(float(points)))


def days_late(late_s: int) -> int:
    """Return days late: each day that has begun counts as one."""
    return -(-max(0, late_s) // DAY_S)


def after_late(points: Decimal, *, late_s: int, percent_a_day: int) -> Decimal:
    """Return what is left of a mark, before it is rounded; never less than nothing."""
    left = HUNDRED - Decimal(percent_a_day) * days_late(late_s)
    return points * max(Decimal(0), left) / HUNDRED


def cell(given: CellInput, *, counted: str, late_percent_a_day: int) -> Cell:
    """Return what counts of one learner's work on one assignment.

    An override wins over everything, being excused over what was handed in. With BEST the
    attempt counts that has most points after the late rule (the earlier of two alike), with
    LAST the latest that was marked.
    """
    if given.override is not None:
        points = rounded(exact(given.override))
        return Cell(CellState.OVERRIDDEN, given.of, points)
    if given.is_excused:
        return Cell(CellState.EXCUSED, given.of)
    marked = [a for a in given.attempts if a.points is not None]
    if marked:
        return _marked(given.of, marked, counted, late_percent_a_day)
    if given.attempts:
        return Cell(CellState.WAITING, given.of)
    if not given.is_for_learner:
        return Cell(CellState.NONE, given.of)
    if given.is_due:
        return Cell(CellState.MISSING, given.of, Decimal("0.0"))
    return Cell(CellState.OPEN, given.of)


def _marked(
    of: int, marked: Sequence[Attempt], counted: str, percent_a_day: int
) -> Cell:
    def left(attempt: Attempt) -> Decimal:
        return after_late(
            exact(attempt.points or 0.0),
            late_s=attempt.late_s,
            percent_a_day=percent_a_day,
        )

    if counted == Counted.LAST:
        taken = max(marked, key=lambda a: a.number)
    else:
        taken = max(marked, key=lambda a: (left(a), -a.number))
    return Cell(
        CellState.MARKED,
        of,
        rounded(left(taken)),
        before_late=rounded(exact(taken.points or 0.0)),
        late_days=days_late(taken.late_s) if percent_a_day else 0,
        attempt=taken.number,
    )


def total(cells: Iterable[tuple[Cell, int]]) -> Decimal | None:
    """Return the weighted mean of what counts, in percent; None while nothing does.

    Each cell comes with its assignment's weight. What is open, waiting or excused leaves
    the mean alone; what is missing counts nothing.
    """
    top = bottom = Decimal(0)
    for one, weight in cells:
        if one.state not in COUNTS or one.points is None or weight <= 0:
            continue
        top += weight * one.points / one.of
        bottom += weight
    return rounded(HUNDRED * top / bottom) if bottom else None


def shown(value: Decimal | None) -> str:
    """Return a number as pages and files write it: without a decimal that says nothing."""
    if value is None:
        return ""
    return f"{value:.1f}".removesuffix(".0")
