"""Runs stages in this process, each kind in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.stages.executor import GetEngine, execute_stage
from inference.stages.stage import STAGES, Stage

from .base import Produced
from .waits import Waits

_DONE = object()


class _Abandoned:
    """Cancelled by the caller, abandoned after its deadline, or the runner is closed."""

    def __init__(self, cancelled: Cancelled, closed: threading.Event) -> None:
        self._cancelled = cancelled
        self._closed = closed
        self._abandoned = threading.Event()

    def is_set(self) -> bool:
        return (
            self._abandoned.is_set()
            or self._closed.is_set()
            or self._cancelled.is_set()
        )

    def abandon(self) -> None:
        self._abandoned.set()


class EmbeddedRunner:
    """Stages as blocking generators in threads, results handed to the event loop.

    ``threads`` bounds how many runs of a stage go on at the same time; more wait in
    line. 0 runs the stage on the event loop itself: for engines that only look things up,
    where handing over to a thread takes longer than the work. ``deadline_s`` is the longest
    wait for the next result of a run.
    """

    def __init__(
        self,
        get_engine: GetEngine,
        *,
        threads: Mapping[Stage, int],
        deadline_s: Mapping[Stage, float],
        waits: Waits | None = None,
    ) -> None:
        self._get_engine = get_engine
        self._deadline_s = deadline_s
        self._waits = waits or Waits()
        self._threads = threads
        self._running = dict.fromkeys(Stage, 0)
        self._closed = threading.Event()
        self._pools = {
            stage: ThreadPoolExecutor(threads[stage], thread_name_prefix=stage.value)
            for stage in Stage
            if threads[stage]
        }

    def busy(self, stage: Stage) -> bool:
        """Whether a new run of this stage would have to wait for its turn."""
        threads = self._threads[stage]
        return threads > 0 and self._running[stage] >= threads

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the stage's results. Raises StageError."""
        if stage not in self._pools:
            began_at = time.monotonic()
            for result in execute_stage(
                stage, request, get_engine=self._get_engine, cancelled=cancelled
            ):
                yield Produced(result, began_at, time.monotonic())
            return
        loop = asyncio.get_running_loop()
        results: asyncio.Queue[Any] = asyncio.Queue()
        scope = _Abandoned(cancelled, self._closed)

        def hand_over(item: Any) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(results.put_nowait, item)

        asked_at = time.monotonic()

        def work() -> None:
            began_at = time.monotonic()
            self._waits.note(stage, began_at - asked_at)
            try:
                if not scope.is_set():
                    for result in execute_stage(
                        stage, request, get_engine=self._get_engine, cancelled=scope
                    ):
                        if scope.is_set():
                            break
                        hand_over(Produced(result, began_at, time.monotonic()))
                hand_over(_DONE)
            except StageError as error:
                hand_over(error)

        self._running[stage] += 1
        future = loop.run_in_executor(self._pools[stage], work)
        future.add_done_callback(lambda _: self._finished(stage))
        try:
            while not cancelled.is_set():
                try:
                    async with asyncio.timeout(self._deadline_s[stage]):
                        item = await results.get()
                except TimeoutError:
                    if cancelled.is_set():
                        return
                    raise StageError(
                        STAGES[stage].timeout_code, f"{stage.value}: no result in time"
                    ) from None
                if item is _DONE:
                    return
                if isinstance(item, StageError):
                    raise item
                yield item
        finally:
            scope.abandon()

    def _finished(self, stage: Stage) -> None:
        self._running[stage] -= 1

    def close(self) -> None:
        """Wait for no one: threads end with their current step."""
        self._closed.set()
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
