"""Workers in threads of the test, behind a real Redis: what Celery does, a list does here."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from redis import Redis
from redis.exceptions import RedisError

from inference.runners.ordering import Ordering
from inference.runners.queued import QueuedRunner
from inference.runners.replies import Replies
from inference.stages.stage import EngineKind, Stage
from inference.transport.exchange import Exchange
from inference.transport.fleet import Fleet
from inference.transport.run_order import RunOrder
from inference.workers.host import WorkerHost

GetEngine = Callable[[EngineKind], Any]


def exchange_in(folder: Path) -> Exchange:
    """Return an exchange in a folder."""
    storage = FileSystemStorage(location=folder, file_permissions_mode=0o600)
    return Exchange(storage, wrap=ContentFile)


class ThreadedWorker:
    """A worker process of some stages, as threads. ``kill`` is its sudden death."""

    def __init__(
        self,
        redis: Redis,
        exchange: Exchange,
        get_engine: GetEngine,
        *,
        queue: str,
        stages: tuple[Stage, ...] = tuple(Stage),
        places: int = 4,
    ) -> None:
        self._redis = redis
        self._queue = queue
        self._dead = threading.Event()
        self.host = WorkerHost(
            name=f"worker-{id(self)}",
            queues=(queue,),
            stages=stages,
            places=places,
            redis=redis,
            exchange=exchange,
            get_engine=get_engine,
            warm=lambda kinds: {},
            engine_words=lambda kind: "programmed",
        )
        self.host.start()
        self.outcomes: list[str] = []
        self._threads = [
            threading.Thread(target=self._work, daemon=True) for _ in range(places)
        ]
        for thread in self._threads:
            thread.start()

    def _work(self) -> None:
        while not self._dead.is_set():
            try:
                taken: Any = self._redis.blpop([self._queue], timeout=0.2)
            except RedisError:
                self._dead.wait(0.1)
                continue
            if taken:
                order = RunOrder(**json.loads(taken[1]))
                self.outcomes.append(self.host.stage_worker.run(order))

    def close(self) -> None:
        """End it."""
        self._dead.set()
        for here in self.host.board.going_on():
            here.cancelled.set()
        for thread in self._threads:
            thread.join(3)
        self.host.close()


def queued_runner(
    redis: Redis,
    exchange: Exchange,
    *,
    queue: str,
    deadline_s: float,
    send: Callable[[RunOrder, str], None] | None = None,
) -> QueuedRunner:
    """Return a runner that sends everything to one queue."""

    def push(order: RunOrder, name: str) -> None:
        redis.rpush(name, json.dumps(order.as_kwargs()))

    replies = Replies(redis)
    return QueuedRunner(
        ordering=Ordering(
            redis=redis,
            exchange=exchange,
            send=send or push,
            queues=dict.fromkeys(Stage, queue),
            replies=replies.stream,
        ),
        replies=replies,
        fleet=Fleet(redis),
        deadline_s=dict.fromkeys(Stage, deadline_s),
    )
