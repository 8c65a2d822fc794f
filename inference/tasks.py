"""Inference as Celery tasks: the stages of a turn, and long jobs.

Queues are declared in ``tutorplatform/settings/tasks.py``. Without a broker the long jobs'
functions may be called directly, in a thread of the caller. A worker of stages runs them in
threads of one process (``--pool threads``), which has the engines.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from celery import shared_task, signals

from inference import conf, scaled
from inference.conf import get_engine
from inference.stages.stage import EngineKind
from inference.transport.run_order import TASK, RunOrder
from inference.workers.batching import batched
from inference.workers.followed import look_at
from inference.workers.host import WorkerHost
from telemetry import metrics

logger = logging.getLogger(__name__)

# Longer than any run: what lies in the exchange since then was left behind.
LEFT_BEHIND = timedelta(minutes=10)

_host: WorkerHost | None = None


@signals.worker_init.connect
def _start_host(sender: Any, **kwargs: Any) -> None:
    """Load the engines of this worker's queues before it takes the first order."""
    global _host
    queues = tuple(sorted(sender.app.amqp.queues.consume_from))
    if not scaled.is_queued() or not scaled.stages_of(queues):
        return
    host = scaled.worker_host(
        queues, int(sender.concurrency or 1), get_engine=get_engine, warm=conf.warm
    )
    conf.serve_here(host.kinds, made=batched)
    host.start()
    metrics.before_reading(look_at(host))
    _host = host


@signals.worker_shutdown.connect
def _close_host(**kwargs: Any) -> None:
    global _host
    if _host is not None:
        _host.close()
        _host = None
    conf.shutdown()


@shared_task(name=TASK, ignore_result=True)
def run_stage(**kwargs: Any) -> str:
    """Run a stage of a turn and answer in the stream that the order names."""
    if _host is None:
        raise RuntimeError("this worker has no stages")
    return _host.stage_worker.run(RunOrder(**kwargs))


@shared_task(name="inference.sweep_exchange")
def sweep_exchange(**kwargs: Any) -> int:
    """Take away sound that a process left behind when it was killed."""
    return scaled.exchange().sweep(before=datetime.now(UTC) - LEFT_BEHIND)


@shared_task(name="inference.prepare_avatar")
def prepare_avatar(*, avatar: str, **kwargs: Any) -> dict[str, str | int]:
    """Make an avatar ready to speak in the store that servers share with this worker.

    Safe to repeat: an avatar that is ready is found by its content. Returns what was
    prepared, without the pictures. Raises StageError ``video.no_face`` or ``video.failed``.
    """
    renderer = get_engine(EngineKind.FACE_RENDERER)
    prepared = renderer.prepare(avatar, cancelled=Event())
    return {
        "avatar": prepared.avatar,
        "sha256": prepared.sha256,
        "width": prepared.width,
        "height": prepared.height,
        "fps": prepared.fps,
    }
