"""Cells of the gradebook in words, for pages and files alike."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .arithmetic import Cell, CellState, shown

STATES: Final[dict[CellState, str | Promise]] = {
    CellState.NONE: gettext_lazy("Not for this learner"),
    CellState.OPEN: gettext_lazy("Not due yet"),
    CellState.WAITING: gettext_lazy("Waits for a mark"),
    CellState.MISSING: gettext_lazy("Missing"),
    CellState.EXCUSED: gettext_lazy("Excused"),
    CellState.MARKED: gettext_lazy("Marked"),
    CellState.OVERRIDDEN: gettext_lazy("Set by hand"),
}


def cell_text(cell: Cell) -> str:
    """Return what a cell shows: points, or why there are none."""
    if cell.state in (CellState.MARKED, CellState.OVERRIDDEN):
        return shown(cell.points)
    return {
        CellState.NONE: "–",
        CellState.OPEN: "",
        CellState.WAITING: _("to mark"),
        CellState.MISSING: _("missing"),
        CellState.EXCUSED: _("excused"),
    }[cell.state]


def cell_title(cell: Cell) -> str:
    """Return what else is to be known of a cell."""
    parts = [str(STATES[cell.state])]
    if cell.points is not None:
        parts.append(
            _("%(points)s of %(most)s")
            % {"points": shown(cell.points), "most": cell.of}
        )
    if cell.late_days and cell.before_late is not None:
        parts.append(
            _("%(days)d days late, was %(points)s")
            % {"days": cell.late_days, "points": shown(cell.before_late)}
        )
    return ", ".join(parts)
