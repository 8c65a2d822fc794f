"""Streaming from a server on an event loop of its own.

Engines are called from worker threads and must stop at once when cancelled, also while
the server is still at work and sends nothing. Cancelling a task closes its
connection, which the server notices; a blocked thread could do neither.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from inference.errors import StageError
from inference.protocols import Cancelled

_LOOK_EVERY_S = 0.02


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server may take: to answer a call, to begin, and to go on."""

    connect_s: float = 3.0
    first_s: float = 20.0
    between_s: float = 10.0


@dataclass(frozen=True, slots=True)
class _End:
    failure: BaseException | None


_Piece = TypeVar("_Piece")
Put = Callable[[_Piece], None]
Producer = Callable[[Put[_Piece]], Coroutine[Any, Any, None]]


class StreamLoop:
    """Runs coroutines that produce pieces, and lets threads read what they produce."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = Lock()

    def run(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Start a coroutine on the loop."""
        return asyncio.run_coroutine_threadsafe(work, self._running())

    def stream(
        self,
        produce: Producer[_Piece],
        patience: Patience,
        cancelled: Cancelled,
        *,
        late: Callable[[], StageError],
    ) -> Iterator[_Piece]:
        """Yield what ``produce`` puts, until it ends, fails, lags or is cancelled.

        ``late`` makes the error of a server that takes too long.
        """
        pieces: SimpleQueue[_Piece | _End] = SimpleQueue()
        future = self.run(_guarded(produce, pieces))
        until = time.monotonic() + patience.first_s
        try:
            while not cancelled.is_set():
                try:
                    piece = pieces.get(timeout=_LOOK_EVERY_S)
                except Empty:
                    if time.monotonic() > until:
                        raise late() from None
                    continue
                if isinstance(piece, _End):
                    if piece.failure is not None:
                        raise piece.failure
                    return
                yield piece
                until = time.monotonic() + patience.between_s
        finally:
            future.cancel()

    def close(self) -> None:
        """Stop the loop."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                Thread(target=_run_loop, args=(self._loop,), daemon=True).start()
            return self._loop


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
    finally:
        with contextlib.suppress(RuntimeError):
            loop.close()


async def _guarded(
    produce: Producer[_Piece], pieces: SimpleQueue[_Piece | _End]
) -> None:
    try:
        await produce(pieces.put)
    except Exception as failure:  # noqa: BLE001 - raised again in the caller's thread
        pieces.put(_End(failure))
    else:
        pieces.put(_End(None))
