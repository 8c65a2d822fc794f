"""Reads what workers tell this process, and watches for runs that nobody wants any more."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any
from uuid import uuid4

from redis import Redis
from redis.exceptions import RedisError

from inference.transport import keys
from inference.transport.run_events import RunEvent

from .runs import Run

logger = logging.getLogger(__name__)

_BLOCK_MS = 1000
_AT_ONCE = 200
_TRIM_EVERY_S = 2.0
# How soon a cancellation is seen: with the way to the worker well below 100 ms.
_LOOK_S = 0.02
_LONGEST_PAUSE_S = 0.5


class Replies:
    """The runs of this process that are open, by their id, and the stream of their events.

    Two threads, started with the first run: any number of event loops may wait.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self.stream = keys.replies(uuid4().hex)
        self._runs: dict[str, Run] = {}
        self._any = threading.Event()
        self._closed = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def add(self, run: Run) -> None:
        """Listen for a run's events."""
        with self._lock:
            if not self._threads:
                self._threads = [
                    threading.Thread(target=self._read, name="runs-read", daemon=True),
                    threading.Thread(
                        target=self._watch, name="runs-watch", daemon=True
                    ),
                ]
                for thread in self._threads:
                    thread.start()
        self._runs[run.id] = run
        self._any.set()

    def discard(self, run: Run) -> None:
        """Nobody listens for this run any more."""
        self._runs.pop(run.id, None)

    def __len__(self) -> int:
        return len(self._runs)

    def close(self) -> None:
        """End the threads, and take the stream away."""
        self._closed.set()
        self._any.set()
        try:
            # Whoever waits for an entry wakes up.
            self._redis.xadd(self.stream, {"closing": 1})
            for thread in self._threads:
                thread.join(_BLOCK_MS / 1000)
            self._redis.delete(self.stream)
        except RedisError:
            return

    def _read(self) -> None:
        last: bytes | str = "0"
        pause_s, trimmed_at = 0.0, time.monotonic()
        while not self._closed.is_set():
            try:
                found: Any = self._redis.xread(
                    {self.stream: last}, count=_AT_ONCE, block=_BLOCK_MS
                )
                if pause_s:
                    logger.warning("workers are heard again")
                pause_s = 0.0
                for _stream, entries in found or ():
                    for entry, fields in entries:
                        self._hand_over(fields)
                        last = entry
                if last != "0" and time.monotonic() - trimmed_at > _TRIM_EVERY_S:
                    # What was read holds words of learners: it does not stay.
                    trimmed_at = time.monotonic()
                    self._redis.xtrim(self.stream, minid=last, approximate=False)
            except RedisError as error:
                if not pause_s and not self._closed.is_set():
                    logger.warning("workers are not heard: %s", type(error).__name__)
                pause_s = min(_LONGEST_PAUSE_S, 2 * pause_s or 0.02)
                self._closed.wait(pause_s)

    def _hand_over(self, fields: dict[bytes, bytes]) -> None:
        if self._closed.is_set():
            return
        try:
            event = RunEvent.of(fields)
        except (KeyError, ValueError) as error:
            logger.error("a reply cannot be read: %s", type(error).__name__)
            return
        run = self._runs.get(event.run)
        if run is not None:
            run.tell(event)

    def _watch(self) -> None:
        while not self._closed.is_set():
            self._any.wait()
            if not self._runs:
                self._any.clear()
                if not self._runs:
                    continue
                self._any.set()
            for run in list(self._runs.values()):
                if not run.nudged and run.cancelled.is_set():
                    run.nudged = True
                    run.tell(None)
            time.sleep(_LOOK_S)
