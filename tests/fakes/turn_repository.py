"""A TurnRepository in memory."""

from __future__ import annotations

from datetime import datetime

from sessions.turns.pauses import Pauses
from sessions.turns.repository import StoredTurn, TurnRecord


class MemoryTurnRepository:
    """Keeps the latest record of each turn; fails the first ``failures`` times."""

    def __init__(self, stored: tuple[StoredTurn, ...] = (), failures: int = 0) -> None:
        self.records: dict[int, TurnRecord] = {}
        self.history: list[TurnRecord] = []
        self.ended: str | None = None
        self.pauses: Pauses | None = None
        self._stored = list(stored)
        self._failures = failures

    async def may_keep_voice(self) -> bool:
        """Consent is given."""
        return True

    async def save(self, record: TurnRecord) -> None:
        """Keep a record."""
        if self._failures > 0:
            self._failures -= 1
            raise OSError("disk full")
        self.records[record.index] = record
        self.history.append(record)

    async def load(self) -> list[StoredTurn]:
        """Return what was stored before and since, in order."""
        turns = {turn.index: turn for turn in self._stored}
        turns |= {index: _stored(record) for index, record in self.records.items()}
        return [turns[index] for index in sorted(turns)]

    async def keep_pauses(self, pauses: Pauses) -> None:
        """Note them."""
        self.pauses = pauses

    async def end(self, *, reason: str, now: datetime) -> None:
        """Note the end."""
        self.ended = reason


def _stored(record: TurnRecord) -> StoredTurn:
    return StoredTurn(
        index=record.index,
        learner=record.learner,
        tutor_text=record.reply_text or None,
        tutor_heard=record.reply_heard,
        attempt=record.attempt if record.reply_text else 0,
        outcome=record.outcome,
        started_at=record.started_at,
        analysis=record.taught.analysis if record.taught else None,
        move=record.taught.move if record.taught else None,
        opener=record.taught.opener if record.taught else "",
        mic_end_frame=record.mic_end_frame,
        client_id=record.client_id,
    )
