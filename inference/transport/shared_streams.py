"""How many replies each web process has made into video, for all of them to know."""

from __future__ import annotations

import time

from redis import Redis

from . import keys

# What was said before is no longer true.
FRESH_S = 5.0


class SharedStreams:
    """``mine`` is what this process has going on, ``others`` what all other ones have.

    Known twice a second: two that begin at the same moment may both get the last place.
    """

    def __init__(self, process: str) -> None:
        self._process = process
        self.mine = 0
        self.others = 0

    def look(self, redis: Redis) -> None:
        """Say what goes on here, ask for the others. Raises RedisError."""
        pipe = redis.pipeline(transaction=False)
        pipe.hset(keys.STREAMS, self._process, f"{time.time():.1f} {self.mine}")
        pipe.expire(keys.STREAMS, 60)
        pipe.hgetall(keys.STREAMS)
        said: dict[bytes, bytes] = pipe.execute()[2]
        others, gone = 0, []
        for process, words in said.items():
            at, n = words.split()
            if float(at) < time.time() - FRESH_S:
                gone.append(process)
            elif process != self._process.encode():
                others += int(n)
        self.others = others
        if gone:
            redis.hdel(keys.STREAMS, *gone)
