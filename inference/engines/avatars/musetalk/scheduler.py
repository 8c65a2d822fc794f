"""Shares the card between talks: pictures of several are painted in one run.

A reply hands over its pictures and takes them back in order. A thread takes up to a batch
of them, one of each reply in turn, so that a long reply does not hold up a short one. It
waits a bounded time for the batch to fill, and paints no further ahead of a reply than its
reader follows. What is cancelled is left out when a batch is made, thrown away when it
comes back, and no longer given to the reader.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Condition, Thread

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.types.face import Pixels

from .architecture import Floats, Halves

# How often a waiting reader looks whether its reply is still wanted.
_LOOK_S = 0.02
# Two seconds of pictures.
_AHEAD = 50


@dataclass(frozen=True, slots=True)
class Job:
    """One picture to paint."""

    latents: Halves
    window: Floats


Paint = Callable[[Sequence[Job]], Sequence[Pixels] | Pixels]


class Painting:
    """The pictures of one stretch of a reply. Iterate to take them, in order.

    Ends early, without an error, once cancelled or dropped. Raises StageError
    ``video.failed`` if painting failed.
    """

    def __init__(
        self,
        changed: Condition,
        talk: str,
        turn: str,
        jobs: Iterable[Job],
        cancelled: Cancelled,
    ) -> None:
        self._changed = changed
        self._cancelled = cancelled
        self._dropped = False
        self.talk, self.turn = talk, turn
        self.waiting = deque(jobs)
        self.painted: deque[Pixels] = deque()
        self.in_hand = 0
        self.failure: Exception | None = None

    @property
    def unwanted(self) -> bool:
        """Whether nobody takes its pictures any more."""
        return self._dropped or self._cancelled.is_set()

    @property
    def ready(self) -> bool:
        """Whether a picture of it may be painted now."""
        ahead = len(self.painted) + self.in_hand
        return bool(self.waiting) and ahead < _AHEAD and not self.unwanted

    def abandon(self) -> None:
        """Forget all pictures: nobody takes them any more. Safe to call twice."""
        with self._changed:
            self.drop()

    def drop(self) -> None:
        """Do the same where the lock is held already."""
        self._dropped = True
        self.waiting.clear()
        self.painted.clear()
        self._changed.notify_all()

    def __iter__(self) -> Iterator[Pixels]:
        try:
            while (face := self._next()) is not None:
                yield face
        finally:
            self.abandon()

    def _next(self) -> Pixels | None:
        with self._changed:
            while not self.unwanted:
                if self.painted:
                    self._changed.notify_all()
                    return self.painted.popleft()
                if self.failure is not None:
                    raise StageError(
                        "video.failed",
                        f"Painting failed ({type(self.failure).__name__})",
                    ) from self.failure
                if not self.waiting and not self.in_hand:
                    return None
                self._changed.wait(_LOOK_S)
        return None


class Scheduler:
    """One painting thread for all talks. Safe to use from several threads.

    ``paint`` is never called by two threads at once, and with at most ``batch`` pictures.
    ``wait_s`` is the longest time that a picture waits for others to join it.
    """

    def __init__(self, paint: Paint, *, batch: int, wait_s: float) -> None:
        self._paint = paint
        self._batch = batch
        self._wait_s = wait_s
        self._changed = Condition()
        self._paintings: deque[Painting] = deque()
        self._thread: Thread | None = None
        self._closed = False

    def submit(
        self, talk: str, turn: str, jobs: Iterable[Job], cancelled: Cancelled
    ) -> Painting:
        """Hand over pictures of one reply. Raises StageError once closed."""
        painting = Painting(self._changed, talk, turn, jobs, cancelled)
        with self._changed:
            if self._closed:
                raise StageError("video.failed", "The engine is closed")
            if self._thread is None:
                self._thread = Thread(
                    target=self._work, name="musetalk-painting", daemon=True
                )
                self._thread.start()
            self._paintings.append(painting)
            self._changed.notify_all()
        return painting

    def drop(self, talk: str, *, but_turn: str | None = None) -> None:
        """Forget the pictures of a talk, of all its replies or of all but one."""
        with self._changed:
            for painting in self._paintings:
                if painting.talk == talk and painting.turn != but_turn:
                    painting.drop()

    def close(self) -> None:
        """Drop everything and end the thread. Safe to call twice."""
        with self._changed:
            self._closed = True
            for painting in self._paintings:
                painting.drop()
            self._changed.notify_all()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while chosen := self._next_batch():
            try:
                faces = list(self._paint([job for _, job in chosen]))
                problem = None
            # Whatever torch raises is the readers' to hear, and not the thread's end.
            except Exception as failure:  # noqa: BLE001
                faces, problem = [], failure
            with self._changed:
                for i, (painting, _) in enumerate(chosen):
                    painting.in_hand -= 1
                    if painting.unwanted:
                        continue
                    if problem is None:
                        painting.painted.append(faces[i])
                    else:
                        painting.failure = problem
                        painting.waiting.clear()
                self._changed.notify_all()

    def _next_batch(self) -> list[tuple[Painting, Job]]:
        """Return pictures to paint, of each reply in turn; none once closed."""
        with self._changed:
            deadline: float | None = None
            while not self._closed:
                self._forget_unwanted()
                ready = self._n_ready()
                if ready >= self._batch:
                    return self._take()
                now = time.monotonic()
                if not ready:
                    deadline = None
                    self._changed.wait(_LOOK_S if self._paintings else None)
                elif deadline is None:
                    deadline = now + self._wait_s
                elif now >= deadline:
                    return self._take()
                else:
                    self._changed.wait(deadline - now)
        return []

    def _n_ready(self) -> int:
        room = 0
        for painting in self._paintings:
            if painting.ready:
                ahead = len(painting.painted) + painting.in_hand
                room += min(len(painting.waiting), _AHEAD - ahead)
        return room

    def _take(self) -> list[tuple[Painting, Job]]:
        chosen: list[tuple[Painting, Job]] = []
        passed_over = 0
        while len(chosen) < self._batch and passed_over < len(self._paintings):
            painting = self._paintings[0]
            self._paintings.rotate(-1)
            if painting.ready:
                painting.in_hand += 1
                chosen.append((painting, painting.waiting.popleft()))
                passed_over = 0
            else:
                passed_over += 1
        return chosen

    def _forget_unwanted(self) -> None:
        for painting in [each for each in self._paintings if each.unwanted]:
            self._paintings.remove(painting)
