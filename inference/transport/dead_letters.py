"""Work that was given up, for administrators to see: ids and causes, nothing that was said."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from redis import Redis

from inference.stages.stage import Stage
from telemetry import metrics

from . import keys

KEPT = 1000


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One piece of work that was given up. ``at`` is Unix time."""

    at: float
    what: str
    id: str
    cause: str
    where: str = ""


def bury(redis: Redis, letter: DeadLetter) -> None:
    """Note work that was given up."""
    known = letter.what in list(Stage)
    metrics.GIVEN_UP.labels(letter.what if known else "unknown").inc()
    redis.xadd(
        keys.DEAD_LETTERS,
        {
            "at": letter.at or time.time(),
            "what": letter.what,
            "id": letter.id,
            "cause": letter.cause,
            "where": letter.where,
        },
        maxlen=KEPT,
        approximate=True,
    )


def latest(redis: Redis, n: int = 50) -> list[DeadLetter]:
    """Return the latest ones, the newest first."""
    entries: Any = redis.xrevrange(keys.DEAD_LETTERS, count=n)
    return [
        DeadLetter(
            at=float(fields[b"at"]),
            what=fields[b"what"].decode(),
            id=fields[b"id"].decode(),
            cause=fields[b"cause"].decode(),
            where=fields.get(b"where", b"").decode(),
        )
        for _id, fields in entries
    ]
