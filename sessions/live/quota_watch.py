"""Watches how much time a talk has left, says so in time, and ends it kindly."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Protocol

from sessions.turns.events import TimeLeft, TurnEvent
from sessions.turns.repository import TalkTaken
from tutor.translatable import gettext_noop

logger = logging.getLogger(__name__)

WARN_S = 120.0
# How long the turn that is going on may take to come to its end.
LAST_TURN_S = 30.0
LOOK_S = 0.2
SOON = gettext_noop(
    "About two minutes are left of today's time for talking. Say what you still want to say."
)
OVER = gettext_noop(
    "Today's time for talking is used up. Well done: it comes back tomorrow."
)


class Ledger(Protocol):
    """Where the time of one talk is counted."""

    async def beat(self, now: datetime) -> float | None:
        """Say that the talk goes on; return the seconds left, None: no limit.

        Raises TalkTaken where it goes on elsewhere, or no more.
        """

    async def close(self, at: datetime) -> None:
        """The talk is over."""


class QuotaWatch:
    """Asks the ledger every so often, and more exactly towards the end."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        beat_s: float,
        emit: Callable[[TurnEvent], None],
        is_busy: Callable[[], bool],
        end: Callable[[str], Awaitable[None]],
        taken: Callable[[], None] = lambda: None,
    ) -> None:
        self._ledger = ledger
        self._beat_s = beat_s
        self._emit = emit
        self._is_busy = is_busy
        self._end = end
        self._taken = taken
        self._warned = False
        self._away_at: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.create_task(self._watch())

    def away(self) -> None:
        """The learner's line is gone."""
        self._away_at = datetime.now(UTC)

    def back(self) -> None:
        """The learner is there again."""
        self._away_at = None

    async def close(self, *, leaving: bool = False) -> None:
        """Stop watching; a talk that nobody came back to ended when its line was lost.

        ``leaving``: somebody else goes on at once, and keeps the talk's place.
        """
        task, self._task = self._task, None
        if task is not None and task is not asyncio.current_task():
            task.cancel()
        if leaving:
            return
        try:
            await self._ledger.close(self._away_at or datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 whatever storage raises
            logger.warning("the end of a talk is not counted: %s", type(error).__name__)

    async def _watch(self) -> None:
        while True:
            try:
                left = await self._left()
            except TalkTaken:
                # Closing closes this watch too.
                self._task = None
                self._taken()
                return
            if left is not None and left <= 0:
                await self._finish()
                return
            if left is not None and left <= WARN_S and not self._warned:
                self._warned = True
                self._emit(TimeLeft(round(left), SOON))
            await asyncio.sleep(self._beat_s if left is None else self._pause(left))

    def _pause(self, left: float) -> float:
        until = left - WARN_S if left > WARN_S else left
        return min(self._beat_s, max(0.5, until))

    async def _left(self) -> float | None:
        try:
            return await self._ledger.beat(datetime.now(UTC))
        except TalkTaken:
            raise
        except Exception as error:  # noqa: BLE001 whatever storage raises
            # Nobody is sent away because a database did not answer.
            logger.warning("time left is not known: %s", type(error).__name__)
            return None

    async def _finish(self) -> None:
        """Let the turn that is going on come to its end, then end the talk."""
        self._emit(TimeLeft(0, OVER))
        for _look in range(round(LAST_TURN_S / LOOK_S)):
            if not self._is_busy():
                break
            await asyncio.sleep(LOOK_S)
        # Ending closes this watch too, which must not cancel the ending.
        self._task = None
        await self._end("quota")
