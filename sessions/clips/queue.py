"""Where a clip is made: by a Celery worker where there is a broker, else in a thread."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import connections

from .rendering import render_clip

TASK = "sessions.render_clip"


class ClipQueue:
    """Takes orders; the database has them too, so that what is lost here is not lost.

    Without a broker one thread makes one clip after the other: two at a time would only
    make talks stutter.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._stopped = threading.Event()

    def put(self, uuid: UUID) -> None:
        """Have a clip made. Raises kombu's OperationalError if the broker is away."""
        if settings.CELERY_BROKER_URL:
            current_app.send_task(TASK, kwargs={"clip": str(uuid)})
            return
        with self._lock:
            if self._pool is None:
                self._stopped = threading.Event()
                self._pool = ThreadPoolExecutor(1, thread_name_prefix="clips")
            self._pool.submit(_render_here, uuid, self._stopped)

    def close(self) -> None:
        """Give up what is being made here and forget what waits; the database keeps it."""
        with self._lock:
            pool, self._pool = self._pool, None
            self._stopped.set()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


def _render_here(uuid: UUID, stopped: threading.Event) -> None:
    try:
        render_clip(uuid, cancelled=stopped)
    finally:
        connections.close_all()


clip_queue = ClipQueue()
