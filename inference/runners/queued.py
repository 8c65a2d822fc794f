"""Runs stages on workers: ordered through Celery, answered in a Redis stream.

All stages are functions of their request, so an attempt that was lost with its worker, or
with the broker, is simply ordered again; what it had delivered already is passed over.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.stages.stage import STAGES, Stage
from inference.transport.exchange import ExchangeError
from inference.transport.fleet import Fleet
from inference.transport.payloads import RESULTS, PayloadError, unpack
from inference.transport.run_events import RunEvent, RunEventKind
from telemetry import metrics

from .base import Produced
from .ordering import AWAY, Ordering
from .replies import Replies
from .runs import QUEUED_S, Run
from .waits import Waits

logger = logging.getLogger(__name__)

# Work that took so many workers with it is not given to another one.
MOST_ATTEMPTS = 4
AGAIN_S = 0.2


class QueuedRunner:
    """Stages on workers. ``deadline_s`` is the longest wait for the next result of a run."""

    def __init__(
        self,
        *,
        ordering: Ordering,
        replies: Replies,
        fleet: Fleet,
        deadline_s: Mapping[Stage, float],
        waits: Waits | None = None,
    ) -> None:
        self._ordering = ordering
        self._replies = replies
        self._fleet = fleet
        self._deadline_s = deadline_s
        self._waits = waits or Waits()
        self._open = dict.fromkeys(Stage, 0)

    def busy(self, stage: Stage) -> bool:
        """Whether a new run of this stage would have to wait for its turn.

        As far as is known: workers say every second what they do.
        """
        places = self._fleet.places(stage.value)
        running = max(self._open[stage], self._fleet.running(stage.value))
        return places > 0 and running >= places

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the stage's results. Raises StageError."""
        run = Run(stage, cancelled, asyncio.get_running_loop())
        self._replies.add(run)
        self._open[stage] += 1
        try:
            async with aclosing(self._results(run, request)) as results:
                async for produced in results:
                    yield produced
        finally:
            self._open[stage] -= 1
            self._replies.discard(run)
            self._ordering.end(run)

    async def _results(self, run: Run, request: Any) -> AsyncGenerator[Produced, None]:
        deadline_s = self._deadline_s[run.stage]
        give_up_at = time.monotonic() + deadline_s
        await self._order(run, request, give_up_at)
        while not run.cancelled.is_set():
            item = await run.wait(min(give_up_at, run.doubt_at) - time.monotonic())
            if item is None:
                if run.cancelled.is_set():
                    return
                if time.monotonic() >= give_up_at:
                    raise self._too_late(run)
                if time.monotonic() >= run.doubt_at and await self._is_lost(run):
                    await self._again(run, request, give_up_at, "a worker is lost")
                continue
            event, came_at = item
            if event.kind is RunEventKind.STARTED and STAGES[run.stage].in_turns:
                self._waits.note(run.stage, came_at - run.ordered_at)
            if event.kind is RunEventKind.FAILED:
                run.over = True
                raise StageError(event.code, event.message, retryable=event.retryable)
            if run.has_gap(event):
                await self._again(run, request, give_up_at, "a reply is lost")
            elif event.kind is RunEventKind.DONE:
                run.over = True
                return
            elif event.kind is RunEventKind.RESULT:
                run.expected += 1
                give_up_at = time.monotonic() + deadline_s
                if event.number < run.delivered:
                    continue
                try:
                    value = await self._value(run.stage, event)
                except ExchangeError:
                    await self._again(run, request, give_up_at, "a result is lost")
                    continue
                run.delivered += 1
                began_at = came_at if run.began_at is None else run.began_at
                yield Produced(value, began_at, run.produced_at(event, came_at))

    async def _value(self, stage: Stage, event: RunEvent) -> Any:
        data = event.body
        if event.reference:
            data = await self._ordering.fetch(event.reference)
        try:
            return unpack(data, RESULTS[stage])
        except PayloadError as error:
            raise StageError(STAGES[stage].failed_code, str(error)) from error

    async def _is_lost(self, run: Run) -> bool:
        if run.began_at is not None:
            return True
        if time.monotonic() - run.ordered_at > QUEUED_S:
            return True
        if await self._ordering.is_lost(run):
            return True
        # It waits in a queue: look again a little later.
        run.heard_at = time.monotonic() - 0.5
        return False

    async def _again(
        self, run: Run, request: Any, give_up_at: float, cause: str
    ) -> None:
        spec = STAGES[run.stage]
        logger.warning("%s run %s: %s", run.stage.value, run.id, cause)
        metrics.ORDERED_AGAIN.labels(run.stage.value, cause.split()[1]).inc()
        if run.delivered and not spec.repeatable:
            raise StageError(spec.failed_code, f"{run.stage.value}: {cause}")
        if run.attempt >= MOST_ATTEMPTS:
            self._ordering.give_up(run, cause)
            raise StageError(spec.failed_code, f"{run.stage.value}: given up, {cause}")
        await self._order(run, request, give_up_at)

    async def _order(self, run: Run, request: Any, give_up_at: float) -> None:
        """Order an attempt; while broker or store are away, try again until it is too late."""
        while not run.cancelled.is_set():
            try:
                await self._ordering.order(run, request)
            except AWAY as error:
                logger.warning(
                    "%s is not ordered: %s", run.stage.value, type(error).__name__
                )
                if time.monotonic() >= give_up_at:
                    raise self._too_late(run) from error
                await asyncio.sleep(AGAIN_S)
            else:
                return

    def _too_late(self, run: Run) -> StageError:
        began = "no result in time" if run.began_at else "not begun in time"
        return StageError(STAGES[run.stage].timeout_code, f"{run.stage.value}: {began}")

    def close(self) -> None:
        """Wait for no one."""
        self._replies.close()
        self._ordering.close()
        self._fleet.close()
