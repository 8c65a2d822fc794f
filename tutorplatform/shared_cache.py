"""Django's cache in Redis, that does without it for a while.

What is counted there (tries to sign in, requests of other systems) is counted in this process
as long as Redis does not answer: more than none, and no page fails for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# So long it is not asked after it did not answer: a page must not wait for it each time.
REST_S = 2.0


class SharedCache(RedisCache):
    """Redis where it answers, else this process's memory."""

    # Each thread has a cache of its own; Redis is away for all of them.
    _rests_until: ClassVar[float] = 0.0
    _away: ClassVar[bool] = False

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        own = {key: value for key, value in params.items() if key != "OPTIONS"}
        self._own = LocMemCache("while-redis-is-away", own)

    @classmethod
    def _failed(cls, error: Exception) -> None:
        cls._rests_until = time.monotonic() + REST_S
        if not cls._away:
            cls._away = True
            name = type(error).__name__
            logger.warning("the cache's Redis does not answer (%s)", name)

    @classmethod
    def _worked(cls) -> None:
        if cls._away:
            cls._away = False
            logger.warning("the cache's Redis answers again")


def _tolerant(name: str) -> Callable[..., Any]:
    shared, own = getattr(RedisCache, name), getattr(LocMemCache, name)

    def call(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._rests_until:
            try:
                found = shared(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self._failed(error)
            else:
                self._worked()
                return found
        return own(self._own, *args, **kwargs)

    call.__name__ = name
    return call


for _name in (
    *("add", "get", "set", "touch", "delete", "has_key", "incr"),
    *("get_many", "set_many", "delete_many", "clear"),
):
    setattr(SharedCache, _name, _tolerant(_name))
