"""Loops of avatars that a worker made, kept by the process that shows them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.types.face import AvatarLoop

# A portrait may be another picture by now: after so long the workers are asked again.
FRESH_S = 60.0
# A loop is some hundred kilobytes; those that were shown last stay.
MOST_LOOPS = 64
_LOOK_S = 0.05

Key = tuple[str, str]


class KeptLoops:
    """Loops by avatar and state. Threads that want the same one wait for one making."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loops: OrderedDict[Key, tuple[AvatarLoop, float]] = OrderedDict()
        self._making: set[Key] = set()

    def get(self, key: Key) -> tuple[AvatarLoop | None, bool]:
        """Return what is kept, and whether it may be shown without asking."""
        with self._lock:
            if key not in self._loops:
                return None, False
            self._loops.move_to_end(key)
            loop, at = self._loops[key]
            return loop, time.monotonic() - at < FRESH_S

    def keep(self, key: Key, loop: AvatarLoop) -> None:
        """Keep a loop that was made or found to be the same just now."""
        with self._lock:
            self._loops[key] = (loop, time.monotonic())
            self._loops.move_to_end(key)
            while len(self._loops) > MOST_LOOPS:
                self._loops.popitem(last=False)

    @contextmanager
    def alone(self, key: Key, cancelled: Cancelled) -> Iterator[None]:
        """Be the only one who makes this loop. Raises StageError once cancelled."""
        while not self._begin(key):
            if cancelled.is_set():
                raise unwanted()
            time.sleep(_LOOK_S)
        try:
            yield
        finally:
            with self._lock:
                self._making.discard(key)

    def _begin(self, key: Key) -> bool:
        with self._lock:
            if key in self._making:
                return False
            self._making.add(key)
            return True


def unwanted() -> StageError:
    """Return the failure of what nobody waits for any more."""
    return StageError("video.failed", "nobody waits for the avatar any more")
