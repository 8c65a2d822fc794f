"""The workers there are: each says every second how it is, and is gone when it is silent."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from redis import Redis
from redis.exceptions import RedisError

from . import keys

BEAT_S = 1.0
# Who has said nothing for so long does no work.
SILENT_S = 5.0
# How often the fleet is looked at.
LOOK_S = 0.5
# Talks that are over while Redis is away; workers forget others by themselves.
_MOST_RELEASED = 10_000


@dataclass(frozen=True, slots=True)
class WorkerState:
    """What one worker says of itself. Times are Unix times, memory in MB.

    ``places`` is how many runs of each of its stages go on at once, ``running`` how many do
    now. ``engines`` names engine and model by kind, ``problems`` what keeps one from
    working. ``avatars`` are the faces it has loaded, ``capabilities`` packed values by kind.
    ``gpus`` has a dictionary of figures for each.
    """

    name: str
    host: str
    pid: int
    queues: tuple[str, ...]
    started_at: float
    at: float
    places: Mapping[str, int] = field(default_factory=dict)
    running: Mapping[str, int] = field(default_factory=dict)
    done: int = 0
    failed: int = 0
    engines: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    avatars: tuple[str, ...] = ()
    capabilities: Mapping[str, bytes] = field(default_factory=dict)
    memory_mb: float = 0.0
    gpus: tuple[Mapping[str, float | str], ...] = ()
    ready: bool = True


def report(redis: Redis, state: WorkerState) -> None:
    """Say how a worker is."""
    pipe = redis.pipeline(transaction=False)
    pipe.set(keys.worker(state.name), msgspec.msgpack.encode(state), ex=60)
    pipe.zadd(keys.WORKERS, {state.name: state.at})
    pipe.zremrangebyscore(keys.WORKERS, 0, state.at - 3600)
    pipe.execute()


def leave(redis: Redis, name: str) -> None:
    """A worker that ends takes its name away."""
    pipe = redis.pipeline(transaction=False)
    pipe.delete(keys.worker(name))
    pipe.zrem(keys.WORKERS, name)
    pipe.execute()


def workers(redis: Redis) -> list[WorkerState]:
    """Return all workers that have said something in the last minute, by name."""
    names: Any = redis.zrange(keys.WORKERS, 0, -1)
    if not names:
        return []
    found: Any = redis.mget([keys.worker(name.decode()) for name in names])
    states = [msgspec.msgpack.decode(one, type=WorkerState) for one in found if one]
    return sorted(states, key=lambda state: state.name)


class Fleet:
    """A view of the workers, renewed twice a second by a thread of its own.

    While Redis does not answer, the last view counts until its workers are silent.
    """

    def __init__(
        self, redis: Redis, *, at_each_look: Callable[[Redis], None] | None = None
    ) -> None:
        """``at_each_look`` is called beside; it may raise RedisError."""
        self._redis = redis
        self._at_each_look = at_each_look
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._seen: tuple[WorkerState, ...] = ()
        self._released: deque[str] = deque(maxlen=_MOST_RELEASED)
        self._watcher: threading.Thread | None = None

    def look(self) -> None:
        """Ask Redis now."""
        try:
            self._seen = tuple(workers(self._redis))
            self._tell_released()
            if self._at_each_look is not None:
                self._at_each_look(self._redis)
        except RedisError:
            return

    @property
    def alive(self) -> list[WorkerState]:
        """The workers that were well when they were last looked at."""
        self._watch()
        oldest = time.time() - SILENT_S
        return [one for one in self._seen if one.at >= oldest and one.ready]

    def places(self, stage: str) -> int:
        """Return how many runs of a stage may go on at the same time; 0: nobody does it."""
        return sum(one.places.get(stage, 0) for one in self.alive)

    def running(self, stage: str) -> int:
        """Return how many runs of a stage went on at the last look."""
        return sum(one.running.get(stage, 0) for one in self.alive)

    def release(self, talk: str) -> None:
        """Workers shall forget a talk that is over: they hear of it with the next look."""
        self._released.append(talk)
        self._watch()

    def close(self) -> None:
        """End the thread."""
        self._closed.set()
        if self._watcher is not None:
            self._watcher.join(1)

    def _tell_released(self) -> None:
        while self._released:
            talk = self._released.popleft()
            try:
                self._redis.publish(keys.RELEASE_CHANNEL, talk)
            except RedisError:
                self._released.appendleft(talk)
                raise

    def _watch(self) -> None:
        with self._lock:
            if self._watcher is not None:
                return
            self._watcher = threading.Thread(
                target=self._keep_looking, name="fleet", daemon=True
            )
            self._watcher.start()

    def _keep_looking(self) -> None:
        while not self._closed.is_set():
            self.look()
            self._closed.wait(LOOK_S)
