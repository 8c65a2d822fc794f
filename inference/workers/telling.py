"""Tells whoever ordered a run what comes of it, in order.

Also across a short loss of Redis, or of the shared store.
"""

from __future__ import annotations

import time
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

from inference.transport.exchange import Exchange, ExchangeError
from inference.transport.payloads import holds_media, pack
from inference.transport.run_events import RunEvent, RunEventKind

from .board import RunHere

STREAM_LENGTH = 20_000
STREAM_TTL_S = 3600
# So long a loss is bridged; whoever ordered has ordered again by then, or given up.
PATIENCE_S = 15.0


class Teller:
    """Writes the events of one run. Not for two threads at once."""

    def __init__(
        self, redis: Redis, exchange: Exchange, here: RunHere, worker: str
    ) -> None:
        self._redis = redis
        self._exchange = exchange
        self._here = here
        self._worker = worker
        self._number = 0

    def started(self) -> None:
        """The run begins."""
        self._write(self._event(RunEventKind.STARTED))

    def result(self, value: Any) -> None:
        """Hand a result over. Raises ExchangeError, RedisError."""
        packed, elapsed_s = pack(value), self._here.elapsed_s
        body, reference = packed, ""
        if holds_media(value):
            body, reference = b"", self._put(packed)
        event = self._event(
            RunEventKind.RESULT, elapsed_s=elapsed_s, body=body, reference=reference
        )
        self._number += 1
        self._write(event)

    def done(self) -> None:
        """There is no more."""
        self._write(self._event(RunEventKind.DONE))

    def failed(self, code: str, message: str, *, retryable: bool) -> None:
        """The stage failed."""
        event = self._event(
            RunEventKind.FAILED, code=code, message=message, retryable=retryable
        )
        self._write(event)

    def _put(self, packed: bytes) -> str:
        """Keep a result in the shared store; a disk that is full may have room again."""
        give_up_at = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self._exchange.put(packed)
            except ExchangeError:
                if time.monotonic() >= give_up_at or self._here.cancelled.is_set():
                    raise
                time.sleep(0.2)

    def _event(self, kind: RunEventKind, **what: Any) -> RunEvent:
        order = self._here.order
        what.setdefault("elapsed_s", self._here.elapsed_s)
        return RunEvent(
            run=order.run,
            attempt=order.attempt,
            kind=kind,
            number=self._number,
            worker=self._worker,
            **what,
        )

    def _write(self, event: RunEvent) -> None:
        """Add an entry; one that was added twice is passed over by its number."""
        give_up_at = time.monotonic() + PATIENCE_S
        while True:
            try:
                pipe = self._redis.pipeline(transaction=False)
                add_event(pipe, self._here.order.replies, event)
                pipe.execute()
            except (NoConnection, NoAnswer):
                if time.monotonic() >= give_up_at or self._here.cancelled.is_set():
                    raise
                time.sleep(0.1)
            else:
                return


def add_event(pipe: Any, stream: str, event: RunEvent) -> None:
    """Add an entry to whoever reads this stream; it goes away an hour after the last."""
    pipe.xadd(stream, event.as_fields(), maxlen=STREAM_LENGTH, approximate=True)
    pipe.expire(stream, STREAM_TTL_S)
