"""What is told of jobs: when each was sent, and which one a log line belongs to."""

from __future__ import annotations

import logging.config
import time
from typing import Any

from celery import signals
from django.conf import settings
from structlog.contextvars import bind_contextvars, unbind_contextvars

from inference.queue_waits import SENT_AT


def connect() -> None:
    """Follow the jobs of this process, those it sends and those it does."""
    for signal, follow in (
        (signals.before_task_publish, _sent),
        (signals.task_prerun, _begins),
        (signals.task_postrun, _over),
        (signals.setup_logging, _logging),
    ):
        signal.connect(follow, dispatch_uid=f"tutor{follow.__name__}", weak=False)


def _sent(headers: dict[str, Any] | None = None, **_signal: Any) -> None:
    if headers is not None:
        headers[SENT_AT] = time.time()


def _begins(task_id: str = "", task: Any = None, **_signal: Any) -> None:
    bind_contextvars(job=task_id, task=getattr(task, "name", ""))


def _over(**_signal: Any) -> None:
    unbind_contextvars("job", "task")


def _logging(**_signal: Any) -> None:
    """Celery would bring its own; lines of workers look like those of web processes."""
    logging.config.dictConfig(settings.LOGGING)
