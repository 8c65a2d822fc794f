"""The figures of this process, as Prometheus reads them. docs/observability.md explains each.

What is counted is counted where it happens; what is looked up (talks, queues, cards) is
looked up when somebody reads, by the functions given to `before_reading`. Labels come from
closed sets: stages, outcomes, error codes, queues. None is about a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

logger = logging.getLogger(__name__)

_readers: list[Callable[[], None]] = []


class _LookedUp(Collector):
    """Comes first in the registry: brings the figures up to date that are looked up."""

    def describe(self) -> Iterable[Metric]:
        """There are no figures of its own."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Look everything up; what cannot be found out is told by a counter."""
        for look in tuple(_readers):
            try:
                look()
            except Exception as error:  # noqa: BLE001 the other figures are still true
                NOT_LOOKED_UP.labels(look.__name__).inc()
                logger.warning("%s: %s", look.__name__, type(error).__name__)
        return []


def before_reading(look: Callable[[], None]) -> None:
    """Have ``look`` set its gauges whenever somebody reads; known already: do nothing."""
    if look not in _readers:
        _readers.append(look)


def stop_reading(look: Callable[[], None]) -> None:
    """Forget it again."""
    if look in _readers:
        _readers.remove(look)


def exposition() -> bytes:
    """Return all figures in Prometheus' text format."""
    return generate_latest(REGISTRY)


# When each series began is one more series for each, and tells nothing.
disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
REGISTRY.register(_LookedUp())
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

# Seconds; fine where the objectives of docs/slo.md are.
_TURN = (0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 20)
_STAGE = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30)
_WAIT = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
_PAGE = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)

NOT_LOOKED_UP = Counter(
    "tutor_figures_missing", "Figures that could not be looked up", ["part"],
    registry=REGISTRY,
)  # fmt: skip

# Turns, by the process that has the talk.
TURN_SECONDS = Histogram(
    "tutor_turn_seconds",
    "From the end of the learner's words to a moment of the answer",
    ["mark", "input"], buckets=_TURN, registry=REGISTRY,
)  # fmt: skip
TURNS = Counter(
    "tutor_turns", "Turns that are over", ["outcome", "input"], registry=REGISTRY
)
TURN_PACE = Counter(
    "tutor_turn_steps",
    "Turns by the steps that were taken for haste; usual: none was", ["step"],
    registry=REGISTRY,
)  # fmt: skip
TURN_ERRORS = Counter(
    "tutor_turn_errors", "What went wrong in turns, by code", ["code"],
    registry=REGISTRY,
)  # fmt: skip
TALKS = Gauge("tutor_talks", "Talks in this process", registry=REGISTRY)
SOCKETS = Gauge("tutor_sockets", "Talks somebody is connected to", registry=REGISTRY)
SPECULATIONS = Counter(
    "tutor_speculations",
    "Answers begun before their turn was over: kept, or dropped since the learner went on",
    ["outcome"], registry=REGISTRY,
)  # fmt: skip
ENTRIES_REFUSED = Counter(
    "tutor_entries_refused", "Talks that were not let in, by code", ["code"],
    registry=REGISTRY,
)  # fmt: skip
LEARNERS_WAITING = Gauge(
    "tutor_learners_waiting", "Learners waiting for a place, on the whole site",
    registry=REGISTRY,
)  # fmt: skip

# Runs of stages, by the process that wants them.
STAGE_SECONDS = Histogram(
    "tutor_stage_seconds", "From the order of a run to its end", ["stage"],
    buckets=_STAGE, registry=REGISTRY,
)  # fmt: skip
STAGE_FIRST_SECONDS = Histogram(
    "tutor_stage_first_seconds", "From the order of a run to its first result",
    ["stage"], buckets=_STAGE, registry=REGISTRY,
)  # fmt: skip
STAGE_WAIT_SECONDS = Histogram(
    "tutor_stage_wait_seconds", "From the order of a run until it is begun",
    ["stage"], buckets=_WAIT, registry=REGISTRY,
)  # fmt: skip
STAGE_RUNS = Counter(
    "tutor_stage_runs", "Runs that are over", ["stage", "outcome"], registry=REGISTRY
)
ORDERED_AGAIN = Counter(
    "tutor_runs_ordered_again", "Attempts after the first, by what was lost",
    ["stage", "lost"], registry=REGISTRY,
)  # fmt: skip
GIVEN_UP = Counter(
    "tutor_dead_letters", "Work that was given up", ["what"], registry=REGISTRY
)
EXCHANGE_FAILURES = Counter(
    "tutor_exchange_failures", "The shared store of sound did not work",
    ["operation"], registry=REGISTRY,
)  # fmt: skip
ENGINE_PROBLEMS = Gauge(
    "tutor_engine_problem", "1: this engine could not be loaded here", ["kind"],
    registry=REGISTRY,
)  # fmt: skip

# Runs of stages, by the worker that does them.
WORKER_RUNS = Counter(
    "tutor_worker_runs", "Runs done by this worker", ["stage", "outcome"],
    registry=REGISTRY,
)  # fmt: skip
WORKER_RUN_SECONDS = Histogram(
    "tutor_worker_run_seconds", "How long a run took here", ["stage"],
    buckets=_STAGE, registry=REGISTRY,
)  # fmt: skip
WORKER_PLACES = Gauge(
    "tutor_worker_places", "Runs that may go on at once", ["stage"], registry=REGISTRY
)
WORKER_RUNNING = Gauge(
    "tutor_worker_running", "Runs that go on", ["stage"], registry=REGISTRY
)
GPU_LOAD = Gauge(
    "tutor_gpu_load_ratio", "How busy a card is", ["gpu", "name"], registry=REGISTRY
)
GPU_MEMORY = Gauge(
    "tutor_gpu_memory_bytes", "Memory in use", ["gpu", "name"], registry=REGISTRY
)
GPU_MEMORY_TOTAL = Gauge(
    "tutor_gpu_memory_total_bytes", "Memory of a card", ["gpu", "name"],
    registry=REGISTRY,
)  # fmt: skip
GPU_TEMPERATURE = Gauge(
    "tutor_gpu_temperature_celsius", "Temperature of a card", ["gpu", "name"],
    registry=REGISTRY,
)  # fmt: skip

# The whole site, as each web process sees it: take the largest.
QUEUE_WAIT = Gauge(
    "tutor_queue_wait_seconds", "How long the oldest order of a queue has waited",
    ["queue"], registry=REGISTRY,
)  # fmt: skip
QUEUE_LENGTH = Gauge(
    "tutor_queue_length", "Orders that wait", ["queue"], registry=REGISTRY
)
PLACES = Gauge(
    "tutor_places", "Runs that all workers may do at once", ["stage"],
    registry=REGISTRY,
)  # fmt: skip
RUNNING = Gauge(
    "tutor_running", "Runs that go on at all workers", ["stage"], registry=REGISTRY
)
WORKERS = Gauge("tutor_workers", "Workers heard of lately", registry=REGISTRY)
PART_UP = Gauge(
    "tutor_part_up", "1: this process reaches it, or has it", ["part"],
    registry=REGISTRY,
)  # fmt: skip

# Pages and the database.
PAGES = Counter(
    "tutor_pages", "Answers to requests", ["status"], registry=REGISTRY
)  # fmt: skip
PAGE_SECONDS = Histogram(
    "tutor_page_seconds", "How long an answer took", buckets=_PAGE, registry=REGISTRY
)
DATABASE_ERRORS = Counter(
    "tutor_database_errors", "Queries that failed, by class of error", ["error"],
    registry=REGISTRY,
)  # fmt: skip
