"""Whether there is room for another talk: overload is refused early, not made slow for all."""

from __future__ import annotations

import math
import threading
import time

from django.conf import settings
from redis.exceptions import RedisError

from inference import scaled
from inference.transport import shared_waits

# One talk that begins shows in the waits only after a while.
SETTLES_S = 10.0
# After that talks begin one by one for a minute, so that the crowd does not return at once.
CALMS_S = 60.0
PAUSE_S = 3.0
_LOOK_S = 1.0

_lock = threading.Lock()
_looked_at = 0.0
_crowded_at = -math.inf


def seconds_between_talks() -> float:
    """Return how long after a talk began the next may: 0 at any time, infinity: not now.

    Runs that waited too long for their turn in the last seconds mean that models do not
    keep up. ``settings.QUEUED["LONGEST_WAIT_S"]`` is the limit, 0: there is none.
    """
    global _looked_at, _crowded_at
    limit_s = float(settings.QUEUED["LONGEST_WAIT_S"])
    if limit_s <= 0:
        return 0.0
    with _lock:
        now = time.monotonic()
        if now - _looked_at >= _LOOK_S:
            _looked_at = now
            if longest_wait() > limit_s:
                _crowded_at = now
        since = now - _crowded_at
    if since < SETTLES_S:
        return math.inf
    return PAUSE_S if since < CALMS_S else 0.0


def longest_wait() -> float:
    """Return how long runs wait for their turn, at the worst stage of any process (s)."""
    here = scaled.waits().worst()
    if not scaled.is_queued():
        return here
    try:
        return max(here, shared_waits.longest(scaled.redis()))
    except RedisError:
        return here
