"""One run as whoever ordered it sees it: which attempt counts, and what has come of it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from uuid import uuid4

from inference.protocols import Cancelled
from inference.stages.stage import Stage
from inference.transport.run_events import RunEvent, RunEventKind

# An attempt that was not begun for so long may be lost: the queue is looked at.
BEGIN_S = 1.0
# No queue is waited in for longer: another attempt stands at its end.
QUEUED_S = 6.0
# A worker that works says so every half second.
SILENT_S = 2.5


@dataclass(slots=True)
class Run:
    """The state of one run. Only the event loop changes it; ``tell`` may be called anywhere.

    ``delivered`` results have been handed on by earlier attempts, ``expected`` is the
    number of the next one of this attempt.
    """

    stage: Stage
    cancelled: Cancelled
    loop: asyncio.AbstractEventLoop
    id: str = field(default_factory=lambda: uuid4().hex)
    attempt: int = 0
    reference: str = ""
    queue: str = ""
    expected: int = 0
    delivered: int = 0
    ordered_at: float = 0.0
    began_at: float | None = None
    heard_at: float = 0.0
    over: bool = False
    nudged: bool = False
    _inbox: asyncio.Queue[tuple[RunEvent, float] | None] = field(
        default_factory=asyncio.Queue
    )

    def begin_attempt(self) -> int:
        """Count from now on what the next attempt says; return its number."""
        self.attempt += 1
        self.expected = 0
        self.began_at = None
        self.ordered_at = self.heard_at = time.monotonic()
        return self.attempt

    def tell(self, event: RunEvent | None) -> None:
        """Hand an event over from another thread; None wakes whoever waits."""
        item = (event, time.monotonic()) if event is not None else None
        try:
            self.loop.call_soon_threadsafe(self._inbox.put_nowait, item)
        except RuntimeError:
            # The loop was closed: nobody waits for it any more.
            self.over = True

    async def wait(self, seconds: float) -> tuple[RunEvent, float] | None:
        """Return the next event of this attempt and when it came; None: none, look around.

        What another attempt says, and what was said before, is passed over.
        """
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                item = await self._inbox.get()
        except TimeoutError:
            return None
        if item is None or item[0].attempt != self.attempt:
            return None
        event, at = item
        self.heard_at = at
        if event.kind is RunEventKind.STARTED and self.began_at is None:
            self.began_at = at
        if event.kind is RunEventKind.RESULT and event.number < self.expected:
            return None
        return item

    def has_gap(self, event: RunEvent) -> bool:
        """Whether something must have been lost before this event."""
        counted = event.kind in (RunEventKind.RESULT, RunEventKind.DONE)
        return counted and event.number > self.expected

    @property
    def doubt_at(self) -> float:
        """When it is time to doubt that this attempt goes on."""
        if self.began_at is None:
            return self.heard_at + BEGIN_S
        return self.heard_at + SILENT_S

    def produced_at(self, event: RunEvent, came_at: float) -> float:
        """Return when a result was made, by the clock of this process.

        The way here is no part of the work.
        """
        began_at = came_at if self.began_at is None else self.began_at
        return min(came_at, began_at + event.elapsed_s)
