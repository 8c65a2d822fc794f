"""Keeps turns: saved in the background, tried again when storage fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from sessions.turns.events import ErrorRaised, TurnEvent
from sessions.turns.messages import MESSAGES
from sessions.turns.pauses import Pauses
from sessions.turns.repository import TalkTaken, TurnRecord, TurnRepository

logger = logging.getLogger(__name__)

# What is over sooner is not told: a connection that was cut, a database that starts again.
# Shares of ``retry_after_s``.
_QUIET_TRIES = (0.0, 0.1, 0.3)


class TurnKeeper:
    """Writes records in order; keeps the latest of each turn until it is written.

    ``on_stored(record)`` is called after each that was written, ``on_taken()`` once
    somebody else has taken the talk up: then nothing is written any more.
    """

    def __init__(
        self,
        repository: TurnRepository,
        *,
        emit: Callable[[TurnEvent], None],
        retry_after_s: float,
        on_stored: Callable[[TurnRecord], None] = lambda record: None,
        on_taken: Callable[[], None] = lambda: None,
    ) -> None:
        self._repository = repository
        self._emit = emit
        self._retry_after_s = retry_after_s
        self._on_stored = on_stored
        self._on_taken = on_taken
        self._waiting: dict[int, TurnRecord] = {}
        self._lock = asyncio.Lock()
        self._retry: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """How many turns are not written yet."""
        return len(self._waiting)

    async def keep_pauses(self, pauses: Pauses) -> None:
        """Keep how long the learner's pauses are; where that fails, it is no loss."""
        try:
            await self._repository.keep_pauses(pauses)
        except Exception as error:  # noqa: BLE001 whatever storage raises
            logger.warning("pauses not kept: %s", type(error).__name__)

    def ask_consent(self) -> asyncio.Task[bool]:
        """Look up, in the background, whether the voice of this moment may be kept."""
        return asyncio.create_task(self._may_keep_voice())

    def keep_soon(self, record: TurnRecord, consent: asyncio.Task[bool]) -> None:
        """Write a record in the background, the voice only with consent."""
        task = asyncio.create_task(self._keep(record, consent))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _may_keep_voice(self) -> bool:
        try:
            return await self._repository.may_keep_voice()
        except Exception as error:  # noqa: BLE001 whatever storage raises
            logger.warning("consent not known: %s", type(error).__name__)
            return False

    async def _keep(self, record: TurnRecord, consent: asyncio.Task[bool]) -> None:
        """Write a record; where it fails for long, tell the learner and try again later."""
        if not await consent:
            record = replace(record, learner_clip=None)
        self._waiting[record.index] = record
        if not await self._flush() and not await self._soon_after():
            self._emit(
                ErrorRaised(
                    "session.storage_failed",
                    MESSAGES["session.storage_failed"],
                    retryable=True,
                    turn=record.index,
                )
            )
            if self._retry is None or self._retry.done():
                self._retry = asyncio.create_task(self._try_again())

    async def close(self) -> None:
        """Write what is left, once more."""
        if self._retry:
            self._retry.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._waiting and not await self._flush():
            logger.error("%d turns could not be saved", len(self._waiting))

    async def _soon_after(self) -> bool:
        """Try a few times more; return whether all is written."""
        for share in _QUIET_TRIES:
            await asyncio.sleep(share * self._retry_after_s)
            if await self._flush():
                return True
        return False

    async def _flush(self) -> bool:
        async with self._lock:
            for index in sorted(self._waiting):
                record = self._waiting[index]
                try:
                    await self._repository.save(record)
                except TalkTaken:
                    self._waiting.clear()
                    self._on_taken()
                    return True
                except Exception as error:  # noqa: BLE001 whatever storage raises
                    logger.warning("turn %d not saved: %s", index, type(error).__name__)
                    return False
                if self._waiting.get(index) is record:
                    del self._waiting[index]
                self._on_stored(record)
        return True

    async def _try_again(self) -> None:
        while self._waiting:
            await asyncio.sleep(self._retry_after_s)
            await self._flush()
