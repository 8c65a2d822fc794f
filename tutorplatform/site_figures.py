"""Figures that a web process looks up when somebody reads them."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from inference import scaled
from inference.queue_waits import queues_now
from inference.stages.stage import Stage
from sessions.live.registry import live_sessions
from sessions.models import QueuePlace
from telemetry import metrics

from .readiness import readiness


def talks() -> None:
    """Talks of this process."""
    metrics.TALKS.set(len(live_sessions))
    metrics.SOCKETS.set(live_sessions.connected)


def parts() -> None:
    """What talks need, as this process sees it."""
    try:
        for part in readiness():
            metrics.PART_UP.labels(part.name).set(not part.problem)
    finally:
        _let_go()


def learners_waiting() -> None:
    """Who waits for a place."""
    try:
        metrics.LEARNERS_WAITING.set(QueuePlace.objects.filter(called_at=None).count())
    finally:
        _let_go()


def queues() -> None:
    """What waits for workers."""
    for queue in queues_now():
        metrics.QUEUE_WAIT.labels(queue.name).set(queue.wait_s)
        metrics.QUEUE_LENGTH.labels(queue.name).set(queue.length)


def workers() -> None:
    """What all workers together can do and do."""
    if not settings.REDIS_URL or not scaled.is_queued():
        return
    fleet = scaled.fleet()
    metrics.WORKERS.set(len(fleet.alive))
    for stage in Stage:
        if stage in scaled.queued_stages():
            metrics.PLACES.labels(stage.value).set(fleet.places(stage.value))
            metrics.RUNNING.labels(stage.value).set(fleet.running(stage.value))


def _let_go() -> None:
    """Whoever reads has a thread of its own, which is over at once."""
    if not connection.in_atomic_block:
        connection.close()


SITE = (talks, parts, learners_waiting, queues, workers)
