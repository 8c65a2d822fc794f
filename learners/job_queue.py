"""Where long jobs are done: by a Celery worker where there is a broker, else in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar

from celery import current_app
from django.conf import settings
from django.db import connections

What = TypeVar("What")


class Cancelled(Protocol):
    """Says whether nobody waits for a job any more; a threading.Event does."""

    def is_set(self) -> bool:
        """Return whether to stop."""


class JobQueue(Generic[What]):
    """Takes jobs; the database has them too, so that what is lost here is not lost.

    ``task`` is the name of the task that does a job, ``argument`` that of its only
    argument. Without a broker one thread calls ``work`` for one after the other: two at a
    time would only make talks stutter.
    """

    def __init__(
        self,
        name: str,
        *,
        task: str,
        argument: str,
        work: Callable[[What, Cancelled], None],
    ) -> None:
        self._name = name
        self._task = task
        self._argument = argument
        self._work = work
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._stopped = threading.Event()

    def put(self, what: What) -> None:
        """Have a job done. Raises kombu's OperationalError if the broker is away."""
        if settings.CELERY_BROKER_URL:
            current_app.send_task(self._task, kwargs={self._argument: str(what)})
            return
        with self._lock:
            if self._pool is None:
                self._stopped = threading.Event()
                self._pool = ThreadPoolExecutor(1, thread_name_prefix=self._name)
            self._pool.submit(self._do, what, self._stopped)

    def give_up(self) -> None:
        """Have what is being done here stop, and what waits not begin; wait for nothing."""
        with self._lock:
            self._stopped.set()

    def close(self) -> None:
        """Give up what is being done here and forget what waits; the database keeps it."""
        with self._lock:
            pool, self._pool = self._pool, None
            self._stopped.set()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def _do(self, what: What, stopped: threading.Event) -> None:
        if stopped.is_set():
            return
        try:
            self._work(what, stopped)
        finally:
            connections.close_all()
