"""Tells figures and traces of what a worker does, as parts of what ordered it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from inference.stages.stage import Stage
from inference.transport.run_order import RunOrder
from telemetry import ids, metrics
from telemetry.spans import tracer

from .host import WorkerHost

_GPU_GAUGES = (
    metrics.GPU_LOAD, metrics.GPU_MEMORY, metrics.GPU_MEMORY_TOTAL, metrics.GPU_TEMPERATURE,
)  # fmt: skip


@contextmanager
def followed(order: RunOrder) -> Iterator[Callable[[str], None]]:
    """Follow a run from its queue to its end; what is yielded takes its outcome.

    How long it waited is told by two hosts' clocks: small differences are theirs.
    """
    stage = order.stage if order.stage in list(Stage) else "unknown"
    began_at = time.monotonic()
    waited_s = max(0.0, time.time() - order.ordered_at)
    outcome = "failed"

    def told(word: str) -> None:
        nonlocal outcome
        outcome = word

    with ids.carried(order.trace), ids.about(run=order.run, stage=stage):
        queue = tracer().begin("queue", at=began_at - waited_s, kind="consumer")
        queue.set(stage=stage, attempt=order.attempt)
        queue.end(at=began_at)
        span = tracer().begin("run", at=began_at, kind="consumer")
        span.set(stage=stage, run=order.run, attempt=order.attempt)
        try:
            with span.inside():
                yield told
        finally:
            span.set(outcome=outcome)
            is_bad = outcome in ("failed", "untold")
            span.end(problem=outcome if is_bad else "")
            metrics.WORKER_RUNS.labels(stage, outcome).inc()
            metrics.WORKER_RUN_SECONDS.labels(stage).observe(
                time.monotonic() - began_at
            )


def look_at(host: WorkerHost) -> Callable[[], None]:
    """Return what brings the figures of a worker up to date."""

    def worker() -> None:
        state = host.describe()
        for stage, places in state.places.items():
            metrics.WORKER_PLACES.labels(stage).set(places)
            metrics.WORKER_RUNNING.labels(stage).set(state.running.get(stage, 0))
        for gauge in _GPU_GAUGES:
            gauge.clear()
        for number, card in enumerate(state.gpus):
            labels = (str(number), str(card["name"]))
            metrics.GPU_LOAD.labels(*labels).set(float(card["load"]) / 100)
            metrics.GPU_MEMORY.labels(*labels).set(1e6 * float(card["memory_mb"]))
            metrics.GPU_MEMORY_TOTAL.labels(*labels).set(
                1e6 * float(card["memory_total_mb"])
            )
            metrics.GPU_TEMPERATURE.labels(*labels).set(float(card["temperature"]))

    return worker
