"""How many orders wait in the broker's queues, and for how long the oldest has.

Celery keeps each queue as a list in Redis, the oldest at its right end; when an order was
sent stands in its headers (`SENT_AT`, see ``tutorplatform/task_following.py``).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis

from inference import scaled

SENT_AT = "tutor_sent_at"


@dataclass(frozen=True, slots=True)
class QueueNow:
    """One queue. What waits at hosts that have queues of their own is added to it."""

    name: str
    length: int
    wait_s: float


def queues_now(*, now: float | None = None) -> list[QueueNow]:
    """Return the queues, by name; none without a broker in Redis. Raises RedisError."""
    if not settings.CELERY_BROKER_URL.startswith(("redis://", "rediss://")):
        return []
    names = _lists()
    pipe = _broker().pipeline(transaction=False)
    for name in names:
        pipe.llen(name)
        pipe.lindex(name, -1)
    found: list[Any] = pipe.execute()
    at = time.time() if now is None else now
    queues: dict[str, QueueNow] = {}
    for name, length, oldest in zip(names, found[::2], found[1::2], strict=True):
        shared = name.partition(".")[0]
        known = queues.get(shared, QueueNow(shared, 0, 0.0))
        waits_s = max(known.wait_s, _waited_s(oldest, at))
        queues[shared] = QueueNow(shared, known.length + int(length), waits_s)
    return sorted(queues.values(), key=lambda one: one.name)


def _lists() -> list[str]:
    """Return the lists to look at: those of the settings, and of hosts that are heard."""
    names = {name.partition(".")[0] for name in settings.CELERY_TASK_QUEUES}
    if scaled.is_queued():
        for worker in scaled.fleet().alive:
            names.update(worker.queues)
    return sorted(names)


def _waited_s(message: bytes | None, at: float) -> float:
    if not message:
        return 0.0
    try:
        return max(0.0, at - float(json.loads(message)["headers"][SENT_AT]))
    except (ValueError, KeyError, TypeError):
        # Sent by somebody else: it waits, nobody knows for how long.
        return 0.0


@cache
def _broker() -> Redis:
    client: Redis = Redis.from_url(
        settings.CELERY_BROKER_URL, socket_timeout=1, socket_connect_timeout=1
    )
    return client
