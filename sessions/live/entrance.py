"""Lets a talk begin on this server where limits allow it, and counts its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

from channels.db import database_sync_to_async

from schools.switches import VIDEO_FACE, is_on_for
from sessions.quota_places import Gate, admit, beat, end_stretch
from sessions.wire.errors import CLOSE_NO_ROOM, WireError
from telemetry import metrics
from tutor.translatable import gettext_noop

from .quota_watch import WARN_S

_REFUSALS = {
    Gate.OFF: ("quota.off", gettext_noop("Talks are switched off at the moment.")),
    Gate.SPENT: (
        "quota.spent",
        gettext_noop("Today's time for talking is used up. It comes back tomorrow."),
    ),
    Gate.FULL: (
        "quota.full",
        gettext_noop("All places are taken. Reload the page to wait for one."),
    ),
}


@dataclass(frozen=True, slots=True)
class DatabaseLedger:
    """Counts one stretch of a talk in the database."""

    stretch_id: int

    async def beat(self, now: datetime) -> float | None:
        """Say that the talk goes on; return the seconds left, None: no limit."""
        return await database_sync_to_async(beat)(stretch_id=self.stretch_id, now=now)

    async def close(self, at: datetime) -> None:
        """The talk is over."""
        await database_sync_to_async(end_stretch)(stretch_id=self.stretch_id, at=at)


@dataclass(frozen=True, slots=True)
class Entry:
    """A talk that may begin. ``left_s`` none: no limit."""

    ledger: DatabaseLedger
    left_s: float | None
    may_film: bool


async def enter(uuid: UUID) -> Entry:
    """Begin to count a talk. Raises WireError where it may not begin."""
    return await database_sync_to_async(_enter)(uuid)


def plan_minutes(minutes: float, *, talked: float, left_s: float | None) -> float:
    """Return after how many minutes the tutor closes: early enough for today's limit.

    ``minutes`` is what else counts, 0: never; ``talked`` is what this talk had already.
    """
    if left_s is None:
        return minutes
    until = talked + max(0.5, (left_s - WARN_S) / 60)
    return until if minutes == 0 else min(minutes, until)


def _enter(uuid: UUID) -> Entry:
    look, stretch = admit(session_uuid=uuid, now=datetime.now(UTC))
    if stretch is None:
        _refuse(look.gate)
    left_s = look.standing.left_s if look.standing else None
    may_film = is_on_for(VIDEO_FACE, user_id=stretch.learner_id)
    return Entry(DatabaseLedger(stretch.pk), left_s, may_film)


def _refuse(gate: Gate) -> NoReturn:
    code, words = _REFUSALS[gate]
    metrics.ENTRIES_REFUSED.labels(code).inc()
    raise WireError(code, words, close_code=CLOSE_NO_ROOM)
