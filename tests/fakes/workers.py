"""Workers in threads of the test, behind a real Redis: what Celery does, a list does here."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from redis import Redis
from redis.exceptions import RedisError

from inference.protocols import Cancelled
from inference.runners.base import Produced
from inference.runners.ordering import Ordering
from inference.runners.placement import Placement
from inference.runners.queued import QueuedRunner
from inference.runners.replies import Replies
from inference.stages.stage import EngineKind, Stage
from inference.transport.exchange import Exchange
from inference.transport.fleet import Fleet
from inference.transport.run_order import RunOrder
from inference.workers.followed import followed
from inference.workers.host import WorkerHost
from telemetry import ids

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
            around=followed,
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
                taken: Any = self._redis.blpop([self._queue], timeout=0.1)
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
    by_stage: bool = False,
) -> QueuedRunner:
    """Return a runner that sends everything to one queue, or to one for each stage."""

    def push(order: RunOrder, name: str) -> None:
        redis.rpush(name, json.dumps(order.as_kwargs()))

    replies, fleet = Replies(redis), Fleet(redis)
    return QueuedRunner(
        ordering=Ordering(
            redis=redis,
            exchange=exchange,
            send=send or push,
            placement=Placement(
                {
                    stage: f"{queue}-{stage.value}" if by_stage else queue
                    for stage in Stage
                },
                fleet,
            ),
            replies=replies.stream,
            carry_trace=ids.carry,
        ),
        replies=replies,
        fleet=fleet,
        deadline_s=dict.fromkeys(Stage, deadline_s),
    )


class ScaledRunner:
    """A queued runner with workers of its own, on the Redis of the run.

    They are started by the first run: a talk that never begins leaves nothing behind.
    """

    def __init__(
        self, get_engine: GetEngine, *, places: int, deadline_s: float
    ) -> None:
        self._get_engine = get_engine
        self._places = places
        self._deadline_s = deadline_s
        self._ends = ExitStack()
        self._runner: QueuedRunner | None = None

    def busy(self, stage: Stage) -> bool:
        """Whether a new run would have to wait."""
        return self._runner is not None and self._runner.busy(stage)

    def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Run on a worker."""
        if self._runner is None:
            self._runner = self._started()
        return self._runner.run(stage, request, cancelled=cancelled)

    def _started(self) -> QueuedRunner:
        redis: Redis = Redis.from_url(os.environ["TUTOR_REDIS_URL"])
        self._ends.callback(redis.close)
        folder = self._ends.enter_context(
            tempfile.TemporaryDirectory(
                prefix="tutor-exchange-", ignore_cleanup_errors=True
            )
        )
        exchange, queue = exchange_in(Path(folder)), f"test-{uuid4().hex}"
        # Each stage has its own places, as workers of its kind have.
        for stage in Stage:
            worker = ThreadedWorker(
                redis,
                exchange,
                self._get_engine,
                queue=f"{queue}-{stage.value}",
                stages=(stage,),
                places=self._places,
            )
            self._ends.callback(worker.close)
        runner = queued_runner(
            redis,
            exchange,
            queue=queue,
            deadline_s=self._deadline_s,
            by_stage=True,
        )
        self._ends.callback(runner.close)
        return runner

    def close(self) -> None:
        """End runner and workers."""
        self._ends.close()
