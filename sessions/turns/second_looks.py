"""Turns that the model looks at again when nobody waits for it.

The answer to a turn comes first, always: a look under way is stopped for it and taken up
afterwards, the latest turn before older ones. What nobody finds time for stays unjudged.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tutor.findings import Analysis

from .context import TurnContext

logger = logging.getLogger(__name__)

# Older turns than these are left out when new ones keep coming.
MAX_WAITING = 3


@dataclass(frozen=True, slots=True)
class _Look:
    ctx: TurnContext
    look: Callable[[], Awaitable[Analysis]]


class SecondLooks:
    """Runs one look at a time; ``on_looked(ctx, analysis)`` takes what was found."""

    def __init__(self, on_looked: Callable[[TurnContext, Analysis], None]) -> None:
        self._on_looked = on_looked
        # The latest last.
        self._waiting: list[_Look] = []
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def add(self, ctx: TurnContext, look: Callable[[], Awaitable[Analysis]]) -> None:
        """Have a turn looked at when there is time; one with the same index makes way."""
        self.drop(ctx.index)
        self._waiting = [*self._waiting, _Look(ctx, look)][-MAX_WAITING:]

    def is_waiting(self, turn: int) -> bool:
        """Whether more may become known of a turn."""
        return any(waiting.ctx.index == turn for waiting in self._waiting)

    def drop(self, turn: int) -> None:
        """Forget a turn: its words are others now."""
        self._waiting = [one for one in self._waiting if one.ctx.index != turn]

    async def pause(self) -> None:
        """Leave the model alone until ``resume``; what was stopped comes again."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})

    def resume(self) -> None:
        """Go on looking, if there is something to look at."""
        idle = self._task is None or self._task.done()
        if idle and self._waiting and not self._closed:
            self._task = asyncio.create_task(self._run())

    async def close(self, *, patience_s: float) -> None:
        """Wait for what is nearly done; leave out the rest."""
        self._closed = True
        task, self._task = self._task, None
        if task is not None:
            await asyncio.wait({task}, timeout=patience_s)
            task.cancel()
        self._waiting = []

    async def _run(self) -> None:
        while self._waiting:
            one = self._waiting[-1]
            try:
                analysis = await one.look()
            except Exception as error:  # noqa: BLE001 an unjudged turn is no failure
                logger.error("a second look failed with %s", type(error).__name__)
            else:
                if one not in self._waiting:
                    continue
                self._on_looked(one.ctx, analysis)
            self._waiting = [other for other in self._waiting if other is not one]
            if self._closed:
                return
