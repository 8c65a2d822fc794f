"""How long runs waited for their turn lately."""

from __future__ import annotations

import threading
import time
from collections import deque

from inference.stages.stage import Stage

LATELY_S = 10.0
# Fewer runs than this say nothing of a stage.
ENOUGH = 4
SHARE = 0.9


class Waits:
    """The waits of the last ten seconds, by stage. Threads may note and ask at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._noted: dict[Stage, deque[tuple[float, float]]] = {
            stage: deque(maxlen=500) for stage in Stage
        }

    def note(self, stage: Stage, wait_s: float) -> None:
        """A run began after so many seconds."""
        with self._lock:
            self._noted[stage].append((time.monotonic(), max(0.0, wait_s)))

    def worst(self) -> float:
        """Return the longest of the stages' 90th percentiles, in seconds."""
        since = time.monotonic() - LATELY_S
        worst = 0.0
        with self._lock:
            for noted in self._noted.values():
                while noted and noted[0][0] < since:
                    noted.popleft()
                if len(noted) >= ENOUGH:
                    waits = sorted(wait_s for _at, wait_s in noted)
                    worst = max(worst, waits[int(SHARE * (len(waits) - 1))])
        return worst
