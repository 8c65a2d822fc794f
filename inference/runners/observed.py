"""Tells figures and traces of every run, wherever it is done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Collection
from typing import Any, Protocol

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.stages.stage import Stage
from telemetry import metrics
from telemetry.spans import tracer

from .base import Produced, StageRunner

# Who begins sooner did not wait.
_WAITED_S = 0.001


class Closable(StageRunner, Protocol):
    """A runner that can be closed."""

    def close(self) -> None:
        """Wait for no one."""


class ObservedRunner:
    """A runner whose runs are counted, timed, and parts of a trace.

    ``engine_words`` names the engine of a stage. Runs of the ``queued`` stages have a span
    of their wait from the worker that takes them; that of the others is made here.
    """

    def __init__(
        self,
        runner: Closable,
        *,
        queued: Collection[Stage] = (),
        engine_words: Callable[[Stage], str] = lambda stage: "",
    ) -> None:
        self._runner = runner
        self._queued = frozenset(queued)
        self._engine_words = engine_words

    def busy(self, stage: Stage) -> bool:
        """Whether a new run of this stage would have to wait for its turn."""
        return self._runner.busy(stage)

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the stage's results. Raises StageError."""
        watched = _Watched(stage, waits_here=stage not in self._queued)
        watched.span.set(stage=stage.value, engine=self._engine_words(stage))
        results = self._runner.run(stage, request, cancelled=cancelled)
        try:
            while True:
                # Only while something is done: what the caller does meanwhile is its own.
                with watched.span.inside():
                    try:
                        produced = await anext(results)
                    except StopAsyncIteration:
                        # Also without a result: a prompt is read in ahead.
                        watched.outcome = "cancelled" if cancelled.is_set() else "done"
                        break
                watched.produced(produced)
                yield produced
        except StageError as error:
            watched.failed(error.code)
            raise
        except Exception as error:
            watched.failed(type(error).__name__)
            raise
        except asyncio.CancelledError:
            watched.outcome = "cancelled"
            raise
        finally:
            await results.aclose()
            watched.over(cancelled=cancelled.is_set())

    def close(self) -> None:
        """Wait for no one."""
        self._runner.close()


class _Watched:
    """What is known of one run."""

    def __init__(self, stage: Stage, *, waits_here: bool) -> None:
        self.span = tracer().begin(stage.value)
        self.outcome = ""
        self._stage = stage
        self._waits_here = waits_here
        self._asked_at = time.monotonic()
        self._results = 0
        self._last_at: float | None = None
        self._problem = ""

    def produced(self, produced: Produced) -> None:
        """A result came."""
        self._results += 1
        self._last_at = produced.produced_at
        if self._results > 1:
            return
        name, asked_at = self._stage.value, self._asked_at
        waited_s = max(0.0, produced.began_at - asked_at)
        metrics.STAGE_WAIT_SECONDS.labels(name).observe(waited_s)
        metrics.STAGE_FIRST_SECONDS.labels(name).observe(
            max(0.0, produced.produced_at - asked_at)
        )
        self.span.note("first", produced.produced_at)
        if self._waits_here and waited_s > _WAITED_S:
            self.span.child("wait", asked_at, produced.began_at)

    def failed(self, code: str) -> None:
        """The stage failed, or missed its deadline."""
        self.outcome, self._problem = "failed", code

    def over(self, *, cancelled: bool) -> None:
        """No more is wanted of it. Who has what they need may leave before the end."""
        at = time.monotonic()
        if not self.outcome:
            left = cancelled or not self._results
            self.outcome = "cancelled" if left else "done"
        metrics.STAGE_RUNS.labels(self._stage.value, self.outcome).inc()
        if self.outcome == "done" and self._last_at is not None:
            # How long somebody took to look at the last result is no part of the run.
            metrics.STAGE_SECONDS.labels(self._stage.value).observe(
                max(0.0, self._last_at - self._asked_at)
            )
        self.span.set(outcome=self.outcome, results=self._results)
        self.span.end(problem=self._problem, at=at)
