"""Begins what a process tells of itself: traces, and figures on a port of their own."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from functools import cache
from typing import Any

from celery.signals import beat_init, worker_init, worker_shutdown
from django.conf import settings
from prometheus_client import start_http_server

from telemetry import metrics, spans

from . import task_following

logger = logging.getLogger(__name__)


@cache
def begin(part: str, *looks: Callable[[], None]) -> None:
    """Begin, once. ``part`` names what this process is, as ``web``; ``looks`` its figures.

    What cannot be told ends nothing: people talk on.
    """
    conf = settings.OBSERVING
    for look in looks:
        metrics.before_reading(look)
    if conf["METRICS_PORT"]:
        try:
            start_http_server(
                conf["METRICS_PORT"], conf["METRICS_HOST"], registry=metrics.REGISTRY
            )
        except OSError as error:
            logger.error(
                "no figures on port %d: %s", conf["METRICS_PORT"], type(error).__name__
            )
    if conf["OTLP_ENDPOINT"]:
        _trace(conf["SERVICE"] or f"tutor-{part}")


def _trace(service: str) -> None:
    try:
        from telemetry import otel  # noqa: PLC0415 only where it is wanted
    except ImportError as missing:
        logger.error(
            "no traces, %s is missing: install requirements/observability.txt",
            missing.name,
        )
        return
    otel.begin(service, f"{socket.gethostname()}:{os.getpid()}")


def end() -> None:
    """Send what was not sent yet."""
    spans.tracer().close()


def connect() -> None:
    """Begin with workers and with beat; follow their jobs."""
    task_following.connect()
    worker_init.connect(_worker, dispatch_uid="tutor_observing", weak=False)
    beat_init.connect(_beat, dispatch_uid="tutor_observing", weak=False)
    worker_shutdown.connect(_worker_ends, dispatch_uid="tutor_observing", weak=False)


def _worker(sender: Any = None, **_signal: Any) -> None:
    queues = sorted(sender.app.amqp.queues.consume_from)
    # Hosts' own queues would make each host a service of its own.
    begin("-".join(name for name in queues if "." not in name) or "worker")


def _beat(**_signal: Any) -> None:
    begin("beat")


def _worker_ends(**_signal: Any) -> None:
    end()
