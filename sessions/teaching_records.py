"""How the tutor taught a turn, as JSON for ``Turn.analysis``, ``move`` and ``gates``.

Written and read through the types of ``tutor``, so that nothing else is ever stored. What
cannot be read any more counts as nothing: an old row must not break a page.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from tutor.findings import Analysis
from tutor.gating import GateResult
from tutor.moves import Move

if TYPE_CHECKING:
    from tutor.teaching import TaughtTurn

logger = logging.getLogger(__name__)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class GateRecord:
    """How a reply was worded, and what the gates said of it.

    ``results`` are those for the whole reply, ``refused`` those that stopped an attempt.
    ``repaired``: it was worded again; ``truncated``: the model's words were cut;
    ``templated``: a ready-made reply was said. ``opener`` is what it began with before
    anything was worded.
    """

    results: tuple[GateResult, ...] = ()
    refused: tuple[GateResult, ...] = ()
    repaired: bool = False
    templated: bool = False
    failed: str = ""
    truncated: bool = False
    opener: str = ""


_ANALYSIS = TypeAdapter(Analysis)
_MOVE = TypeAdapter(Move)
_GATES = TypeAdapter(GateRecord)


def taught_fields(taught: TaughtTurn | None) -> dict[str, Any]:
    """Return the values of a Turn's three fields; null for a turn that was not taught."""
    if taught is None:
        return {"analysis": None, "move": None, "gates": None}
    return {
        "analysis": analysis_json(taught.analysis),
        "move": move_json(taught.move),
        "gates": gates_json(
            GateRecord(
                results=taught.gates,
                refused=taught.refused,
                repaired=taught.repaired,
                templated=taught.templated,
                failed=taught.failed,
                truncated=taught.truncated,
                opener=taught.opener,
            )
        ),
    }


def analysis_json(analysis: Analysis) -> dict[str, Any]:
    """Return an analysis as JSON."""
    return _dumped(_ANALYSIS, analysis)


def move_json(move: Move) -> dict[str, Any]:
    """Return a move as JSON."""
    return _dumped(_MOVE, move)


def gates_json(gates: GateRecord) -> dict[str, Any]:
    """Return what gates said as JSON."""
    return _dumped(_GATES, gates)


def read_analysis(stored: Any) -> Analysis | None:
    """Return a stored analysis, None where there is none or it cannot be read."""
    return _read(_ANALYSIS, stored)


def read_move(stored: Any) -> Move | None:
    """Return a stored move, None where there is none or it cannot be read."""
    return _read(_MOVE, stored)


def read_gates(stored: Any) -> GateRecord | None:
    """Return what gates said, None where nothing is stored or it cannot be read."""
    return _read(_GATES, stored)


def _dumped(kind: TypeAdapter[Any], value: object) -> dict[str, Any]:
    found: dict[str, Any] = kind.dump_python(value, mode="json")
    return found


def _read(kind: TypeAdapter[_T], stored: Any) -> _T | None:
    if stored is None:
        return None
    try:
        return kind.validate_python(stored)
    except ValidationError:
        logger.warning("a turn's teaching does not have the form it should")
        return None
