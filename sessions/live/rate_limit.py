"""A token bucket: so much at once, so much a second."""

from __future__ import annotations

import time
from collections.abc import Callable


class TokenBucket:
    """Allows ``burst`` at once and ``rate_per_s`` in the long run."""

    def __init__(
        self,
        *,
        rate_per_s: float,
        burst: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate_per_s = rate_per_s
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._at = clock()

    def take(self) -> bool:
        """Take one token; return False if there is none."""
        now = self._clock()
        self._tokens = min(
            self._burst, self._tokens + self._rate_per_s * (now - self._at)
        )
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
