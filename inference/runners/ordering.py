"""Puts a run before the workers, and takes it back: everything that may block, in threads."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from celery import Celery
from celery.exceptions import OperationalError
from kombu import Queue
from kombu.exceptions import OperationalError as BrokerError
from redis import Redis
from redis.exceptions import RedisError

from inference.transport import keys
from inference.transport.dead_letters import DeadLetter, bury
from inference.transport.exchange import Exchange, ExchangeError
from inference.transport.payloads import holds_media, pack
from inference.transport.run_order import TASK, RunOrder

from .placement import Placement
from .runs import Run

logger = logging.getLogger(__name__)

# No attempt is wanted for longer, whatever the deadlines are.
EXPIRES_S = 120
THREADS = 8
# What a broker or store raises that is away for a moment.
AWAY = (BrokerError, OperationalError, RedisError, ExchangeError, OSError)

Send = Callable[[RunOrder, str], None]


class CelerySender:
    """Sends orders by the name of the task: whoever orders knows none of its code."""

    def __init__(self, app: Celery) -> None:
        self._app = app

    def __call__(self, order: RunOrder, queue: str) -> None:
        """Send an order. Raises what the broker raises, without trying again."""
        self._app.send_task(
            TASK,
            kwargs=order.as_kwargs(),
            task_id=f"{order.run}-{order.attempt}",
            # A host's own queue is declared where that host is.
            queue=Queue(queue, routing_key=queue),  # type: ignore[arg-type]
            expires=EXPIRES_S,
            ignore_result=True,
            retry=False,
        )


class Ordering:
    """What happens to a run outside of the event loop."""

    def __init__(
        self,
        *,
        redis: Redis,
        exchange: Exchange,
        send: Send,
        placement: Placement,
        replies: str,
        carry_trace: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._redis = redis
        self._exchange = exchange
        self._send = send
        self._placement = placement
        self._replies = replies
        self._carry_trace = carry_trace
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="order")

    async def order(self, run: Run, request: Any) -> None:
        """Begin another attempt. Raises one of ``AWAY``."""
        trace = dict(self._carry_trace())
        await self._in_thread(self._order, run, request, trace)

    async def is_lost(self, run: Run) -> bool:
        """Whether an attempt that was not begun waits nowhere any more."""
        try:
            length = await self._in_thread(self._redis.llen, run.queue)
        except RedisError:
            return False
        return bool(length == 0)

    async def fetch(self, reference: str) -> bytes:
        """Return a result's bytes, once. Raises ExchangeError."""
        data: bytes = await self._in_thread(self._exchange.take, reference)
        return data

    def end(self, run: Run) -> None:
        """Nobody waits for a run any more: tell the workers, in no hurry of the caller."""
        try:
            self._pool.submit(self._end, run.id, run.reference, run.over)
        except RuntimeError:
            # The pool is closed; whatever is left expires by itself.
            return

    def give_up(self, run: Run, cause: str) -> None:
        """Note that a run was given up."""
        letter = DeadLetter(time.time(), run.stage.value, run.id, cause)
        try:
            self._pool.submit(_quietly, bury, self._redis, letter)
        except RuntimeError:
            return

    def close(self) -> None:
        """Wait for no one."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, work, *arguments)

    def _order(self, run: Run, request: Any, trace: Mapping[str, str]) -> None:
        inline = ""
        if not run.reference:
            packed = pack(request)
            if holds_media(request):
                run.reference = self._exchange.put(packed)
            else:
                inline = RunOrder.inlined(packed)
        attempt = run.begin_attempt()
        run.queue = self._placement.queue(run.stage, request, attempt=attempt)
        self._redis.set(keys.run(run.id), attempt, ex=EXPIRES_S)
        order = RunOrder(
            run=run.id,
            attempt=attempt,
            stage=run.stage.value,
            replies=self._replies,
            ordered_at=time.time(),
            inline=inline,
            reference=run.reference,
            trace=trace,
        )
        self._send(order, run.queue)

    def _end(self, run_id: str, reference: str, over: bool) -> None:
        try:
            self._redis.set(keys.run(run_id), keys.OVER, ex=EXPIRES_S)
            if not over:
                self._redis.publish(keys.CANCEL_CHANNEL, run_id)
        except RedisError as error:
            logger.info("a run was not called back: %s", type(error).__name__)
        if reference:
            self._exchange.drop(reference)


def _quietly(work: Callable[..., None], *arguments: Any) -> None:
    try:
        work(*arguments)
    except RedisError as error:
        logger.warning("work given up was not noted: %s", type(error).__name__)
