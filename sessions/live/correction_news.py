"""Tells the page of corrections as soon as they can be asked for."""

from __future__ import annotations

from collections.abc import Callable

from sessions.turns.events import CorrectionsReady
from sessions.turns.repository import TurnRecord
from tutor.moves import CORRECTIONS, MoveKind


class CorrectionNews:
    """Tells once of every try of a turn that was taught, after it is stored.

    Also of one without corrections: the learner has said something new, so that what was
    withheld before may be shown.
    """

    def __init__(self, emit: Callable[[CorrectionsReady], None]) -> None:
        self._emit = emit
        self._told: set[tuple[int, int]] = set()

    def stored(self, record: TurnRecord) -> None:
        """Take a record that was written."""
        attempt = (record.index, record.attempt)
        if record.taught is None or record.outcome is None or attempt in self._told:
            return
        self._told.add(attempt)
        move = record.taught.move
        n_corrections = len(move.findings) if move.kind in CORRECTIONS else 0
        self._emit(
            CorrectionsReady(
                record.index,
                n_corrections,
                withheld=n_corrections > 0 and move.kind is MoveKind.ELICIT,
            )
        )
