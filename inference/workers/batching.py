"""Runs that come within a moment of each other are done in one call of the model.

A learner waits up to the window for others; in return a graphics card that hears one clip
hears eight in little more time. On a processor, where nothing is gained by it, engines say
``batch`` 1 and nobody waits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from inference.batch_protocols import BatchTranscriber
from inference.errors import StageError
from inference.protocols import Cancelled, TranscriberCapabilities
from inference.types.speech import TranscribeRequest, Transcript

WINDOW_S = 0.02

Request = TypeVar("Request")
Result = TypeVar("Result")


@dataclass(eq=False, slots=True)
class _Waiting(Generic[Request, Result]):
    request: Request
    cancelled: Cancelled
    done: threading.Event = field(default_factory=threading.Event)
    result: Result | None = None
    error: BaseException | None = None


class MicroBatcher(Generic[Request, Result]):
    """Gathers the calls of many threads. ``work`` does a batch and answers each, in order.

    The thread that comes first waits for the window, or until ``size`` calls are there,
    and does the work for all; while it does, the next batch is gathered.
    """

    def __init__(
        self,
        work: Callable[
            [Sequence[Request], Sequence[Cancelled]], Sequence[Result | StageError]
        ],
        *,
        size: int,
        window_s: float = WINDOW_S,
    ) -> None:
        self._work = work
        self._size = size
        self._window_s = window_s
        self._lock = threading.Condition()
        self._gathering: list[_Waiting[Request, Result]] = []
        # One batch at a time: two would only share the same device.
        self._device = threading.Lock()
        self.batches = 0
        self.calls = 0

    def __call__(self, request: Request, cancelled: Cancelled) -> Result:
        """Return this request's result. Raises StageError."""
        mine: _Waiting[Request, Result] = _Waiting(request, cancelled)
        with self._lock:
            self._gathering.append(mine)
            leads = len(self._gathering) == 1
            self._lock.notify_all()
        if leads:
            self._lead()
        mine.done.wait()
        if mine.error is not None:
            raise mine.error
        # Without an error there is a result.
        return mine.result  # type: ignore[return-value]

    def _lead(self) -> None:
        until = time.monotonic() + self._window_s
        with self._lock:
            while len(self._gathering) < self._size:
                left = until - time.monotonic()
                if left <= 0 or not self._lock.wait(left):
                    break
        with self._device:
            # Whoever came while the device was busy comes along.
            with self._lock:
                batch, self._gathering = self._gathering, []
            for start in range(0, len(batch), self._size):
                self._do(batch[start : start + self._size])

    def _do(self, batch: Sequence[_Waiting[Request, Result]]) -> None:
        self.batches += 1
        self.calls += len(batch)
        try:
            results = self._work(
                [one.request for one in batch], [one.cancelled for one in batch]
            )
            for one, result in zip(batch, results, strict=True):
                if isinstance(result, StageError):
                    one.error = result
                else:
                    one.result = result
        except BaseException as error:  # noqa: BLE001 handed to everybody who waits
            for one in batch:
                one.error = error
        finally:
            for one in batch:
                one.done.set()


class BatchedTranscriber:
    """A transcriber for the threads of a worker, which hears their clips together."""

    def __init__(self, engine: BatchTranscriber) -> None:
        self._engine = engine
        self.batcher: MicroBatcher[TranscribeRequest, Transcript] = MicroBatcher(
            self._together, size=engine.capabilities.batch
        )

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """What the engine can do."""
        return self._engine.capabilities

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Recognise one clip, beside those of others. Raises StageError ``asr.failed``."""
        return self.batcher(request, cancelled)

    def warm(self) -> None:
        """Load the engine."""
        self._engine.warm()

    def close(self) -> None:
        """Free the engine."""
        self._engine.close()

    def _together(
        self, requests: Sequence[TranscribeRequest], cancelled: Sequence[Cancelled]
    ) -> Sequence[Transcript | StageError]:
        return self._engine.transcribe_batch(requests, cancelled=cancelled)


def batched(engine: Any) -> Any:
    """Return an engine for many threads: one that gathers, where it can do several at once."""
    capabilities = getattr(engine, "capabilities", None)
    if isinstance(capabilities, TranscriberCapabilities) and capabilities.batch > 1:
        return BatchedTranscriber(engine)
    return engine
