"""The threads beside a worker's runs: one listens to what is over, one says it is alive."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from inference.transport import fleet, keys
from inference.transport.fleet import WorkerState
from inference.transport.run_events import RunEvent, RunEventKind

from .board import Board
from .telling import add_event

logger = logging.getLogger(__name__)

BEAT_S = 0.5
_LISTEN_S = 1.0

Describe = Callable[[], WorkerState]


class Pulse:
    """Started once the engines are ready.

    ``describe`` says how this worker is, ``release`` forgets a talk.
    """

    def __init__(
        self,
        *,
        redis: Redis,
        board: Board,
        describe: Describe,
        release: Callable[[str], None],
    ) -> None:
        self._redis = redis
        self._board = board
        self._describe = describe
        self._release = release
        self._closed = threading.Event()
        self._threads = [
            threading.Thread(target=work, name=work.__name__[1:], daemon=True)
            for work in (self._listen, self._beat)
        ]

    def start(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End them, and take this worker's name away."""
        self._closed.set()
        try:
            # Whoever listens wakes up.
            self._redis.publish(keys.CANCEL_CHANNEL, "")
            for thread in self._threads:
                thread.join(2 * _LISTEN_S)
            fleet.leave(self._redis, self._describe().name)
        except RedisError:
            return

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                channel: Any = self._redis.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
                with channel:
                    channel.subscribe(keys.CANCEL_CHANNEL, keys.RELEASE_CHANNEL)
                    while not self._closed.is_set():
                        message = channel.get_message(timeout=_LISTEN_S)
                        if message and isinstance(message["data"], bytes):
                            self._hear(message["channel"], message["data"].decode())
            except RedisError as error:
                logger.warning("not listening: %s", type(error).__name__)
                self._closed.wait(BEAT_S)

    def _hear(self, channel: bytes, name: str) -> None:
        if channel == keys.RELEASE_CHANNEL.encode():
            self._release(name)
        else:
            self._board.cancel(name)

    def _beat(self) -> None:
        state_at = 0.0
        while not self._closed.wait(BEAT_S):
            try:
                self._tell_alive()
                if time.monotonic() - state_at >= fleet.BEAT_S:
                    state_at = time.monotonic()
                    fleet.report(self._redis, self._describe())
                    for talk in self._board.silent_talks():
                        self._release(talk)
            except RedisError as error:
                logger.warning("nobody hears this worker: %s", type(error).__name__)

    def _tell_alive(self) -> None:
        """Say of each run that it goes on; stop those that were called back meanwhile."""
        going_on = self._board.going_on()
        if not going_on:
            return
        pipe = self._redis.pipeline(transaction=False)
        for here in going_on:
            pipe.get(keys.run(here.order.run))
        for here in going_on:
            event = RunEvent(
                run=here.order.run,
                attempt=here.order.attempt,
                kind=RunEventKind.ALIVE,
                elapsed_s=here.elapsed_s,
            )
            add_event(pipe, here.order.replies, event)
        current: list[Any] = pipe.execute()[: len(going_on)]
        for here, attempt in zip(going_on, current, strict=True):
            # A message may be missed while the line is down; the key is not.
            if attempt not in (None, str(here.order.attempt).encode()):
                here.cancelled.set()
