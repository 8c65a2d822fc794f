"""What each web process has seen of waiting, for all of them to know."""

from __future__ import annotations

import time
from typing import Any

from redis import Redis

from . import keys

# What was said before is no longer true.
FRESH_S = 5.0


def tell(redis: Redis, process: str, wait_s: float) -> None:
    """Say how long runs of this process waited lately."""
    pipe = redis.pipeline(transaction=False)
    pipe.hset(keys.WAITS, process, f"{time.time():.1f} {wait_s:.3f}")
    pipe.expire(keys.WAITS, 60)
    pipe.execute()


def longest(redis: Redis) -> float:
    """Return the longest that any process says; who is silent is forgotten."""
    said: Any = redis.hgetall(keys.WAITS)
    waits, gone = [0.0], []
    for process, words in said.items():
        at, wait_s = (float(word) for word in words.split())
        if at < time.time() - FRESH_S:
            gone.append(process)
        else:
            waits.append(wait_s)
    if gone:
        redis.hdel(keys.WAITS, *gone)
    return max(waits)
