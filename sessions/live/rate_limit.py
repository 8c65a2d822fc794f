"""Token buckets: so much at once, so much a second."""

from __future__ import annotations

import time
from collections import OrderedDict
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


class BucketPerUser:
    """A bucket for each user; the ones that were not used for longest are forgotten."""

    def __init__(
        self,
        *,
        rate_per_s: float,
        burst: float,
        max_users: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate_per_s = rate_per_s
        self._burst = burst
        self._max_users = max_users
        self._clock = clock
        self._buckets: OrderedDict[int, TokenBucket] = OrderedDict()

    def take(self, user_id: int) -> bool:
        """Take one of the user's tokens; return False if there is none."""
        bucket = self._buckets.pop(user_id, None) or TokenBucket(
            rate_per_s=self._rate_per_s, burst=self._burst, clock=self._clock
        )
        self._buckets[user_id] = bucket
        if len(self._buckets) > self._max_users:
            self._buckets.popitem(last=False)
        return bucket.take()
