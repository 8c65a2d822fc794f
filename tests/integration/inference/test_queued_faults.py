"""Runs on workers survive what happens to workers, to Redis and to single messages."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from redis import Redis

from inference.errors import StageError
from inference.runners.queued import QueuedRunner
from inference.stages.stage import Stage
from inference.transport import keys
from inference.transport.dead_letters import latest
from inference.transport.exchange import Exchange
from inference.transport.run_events import RunEvent, RunEventKind
from inference.transport.run_order import RunOrder
from inference.types.dialogue import DialogueRequest, Message, ReplyDelta
from inference.types.speech import SynthesisRequest
from inference.workers.telling import add_event
from scripts.testrun import services
from tests.fakes.workers import ThreadedWorker, exchange_in, queued_runner

from .test_runners import Programmed, number_of

pytestmark = pytest.mark.slow


class Bench:
    """A runner whose orders a test looks at, and a queue that workers may read."""

    def __init__(self, redis: Redis, folder: Path) -> None:
        self.redis = redis
        self.exchange: Exchange = exchange_in(folder)
        self.queue = f"test-{uuid4().hex}"
        self.orders: list[RunOrder] = []
        self.engine = Programmed()
        self.runner: QueuedRunner = queued_runner(
            redis, self.exchange, queue=self.queue, deadline_s=30, send=self._send
        )
        # Who takes an order instead of the queue.
        self.thief: Callable[[RunOrder], bool] = lambda order: False
        self._workers: list[ThreadedWorker] = []

    def _send(self, order: RunOrder, queue: str) -> None:
        self.orders.append(order)
        if not self.thief(order):
            self.redis.rpush(queue, json.dumps(order.as_kwargs()))

    def worker(self) -> ThreadedWorker:
        """Start a worker."""
        worker = ThreadedWorker(
            self.redis, self.exchange, lambda kind: self.engine, queue=self.queue
        )
        self._workers.append(worker)
        return worker

    def tell(self, order: RunOrder, kind: RunEventKind, **what: Any) -> None:
        """Say something in a worker's name."""
        pipe = self.redis.pipeline()
        event = RunEvent(run=order.run, attempt=order.attempt, kind=kind, **what)
        add_event(pipe, order.replies, event)
        pipe.execute()

    async def speak(self, text: str) -> list[int]:
        """Run the voice; return the numbers of its chunks."""
        run = self.runner.run(
            Stage.SYNTHESIZE, SynthesisRequest(text), cancelled=threading.Event()
        )
        return [number_of(one) async for one in run]

    def close(self) -> None:
        """End everything."""
        for worker in self._workers:
            worker.close()
        self.runner.close()


async def outcomes(worker: ThreadedWorker, count: int) -> list[str]:
    """Return how a worker's orders ended, once there are so many."""
    async with asyncio.timeout(5):
        while len(worker.outcomes) < count:  # noqa: ASYNC110 threads tell nobody
            await asyncio.sleep(0.01)
    return worker.outcomes


@pytest.fixture
def bench(redis: Redis, tmp_path: Path) -> Iterator[Bench]:
    """A bench of one test."""
    bench = Bench(redis, tmp_path)
    yield bench
    bench.close()


async def test_a_worker_that_dies_is_replaced_and_nothing_is_said_twice(
    bench: Bench,
) -> None:
    first = bench.worker()

    def dies_after_two(order: RunOrder) -> bool:
        if order.attempt > 1:
            return False
        bench.tell(order, RunEventKind.STARTED)
        from inference.transport.payloads import pack  # noqa: PLC0415

        from .test_runners import chunk  # noqa: PLC0415

        for number in range(2):
            reference = bench.exchange.put(pack(chunk(number)))
            bench.tell(order, RunEventKind.RESULT, number=number, reference=reference)
        return True

    bench.thief = dies_after_two
    began = time.monotonic()
    assert await bench.speak("count 4 0") == [0, 1, 2, 3]
    assert [order.attempt for order in bench.orders] == [1, 2]
    assert time.monotonic() - began < 6
    assert await outcomes(first, 1) == ["done"]


async def test_an_order_that_was_lost_before_it_began_is_given_again(
    bench: Bench,
) -> None:
    bench.worker()
    bench.thief = lambda order: order.attempt == 1
    began = time.monotonic()
    assert await bench.speak("count 1 0") == [0]
    assert time.monotonic() - began < 3


async def test_what_comes_twice_late_or_from_an_earlier_attempt_is_dropped(
    bench: Bench,
) -> None:
    worker = bench.worker()
    assert await bench.speak("count 2 0") == [0, 1]
    # Whoever asked has all before the worker has noted it.
    assert await outcomes(worker, 1) == ["done"]
    # The broker hands the same order out once more, and one that was given up.
    order = bench.orders[0]
    for again in (order, replace(order, attempt=7)):
        bench.redis.rpush(bench.queue, json.dumps(again.as_kwargs()))
    assert await outcomes(worker, 3) == ["done", "late", "late"]
    assert bench.engine.ran == ["count 2 0"]

    def says_everything_twice(order: RunOrder) -> bool:
        add_stale = replace(order, attempt=order.attempt - 1)
        bench.tell(add_stale, RunEventKind.FAILED, code="tts.failed", message="old")
        return False

    bench.thief = says_everything_twice
    assert await bench.speak("count 3 0") == [0, 1, 2]


async def test_a_gap_in_the_replies_is_noticed(bench: Bench) -> None:
    bench.worker()

    def loses_one(order: RunOrder) -> bool:
        if order.attempt == 1:
            bench.tell(order, RunEventKind.STARTED)
            bench.tell(order, RunEventKind.DONE, number=3)
        return order.attempt == 1

    bench.thief = loses_one
    assert await bench.speak("count 3 0") == [0, 1, 2]


async def test_work_that_takes_every_worker_with_it_is_given_up(bench: Bench) -> None:
    bench.thief = lambda order: True
    with pytest.raises(StageError) as failure:
        await bench.speak("count 1 0")
    assert failure.value.code == "tts.failed"
    assert len(bench.orders) == 4
    await asyncio.sleep(0.2)
    assert latest(bench.redis, 1)[0].id == bench.orders[0].run


async def test_a_model_that_has_begun_to_speak_is_not_asked_again(
    bench: Bench,
) -> None:
    from inference.transport.payloads import pack  # noqa: PLC0415

    def dies(order: RunOrder) -> bool:
        bench.tell(order, RunEventKind.STARTED)
        body = pack(ReplyDelta("Well"))
        bench.tell(order, RunEventKind.RESULT, number=0, body=body)
        return True

    bench.thief = dies
    request = DialogueRequest((Message("user", "hi"),), "c")
    run = bench.runner.run(Stage.RESPOND, request, cancelled=threading.Event())
    assert (await anext(run)).value.text == "Well"
    with pytest.raises(StageError) as failure:
        await anext(run)
    assert failure.value.retryable
    assert len(bench.orders) == 1


async def test_a_request_that_cannot_be_read_fails_at_once_and_is_noted(
    bench: Bench,
) -> None:
    bench.worker()

    def spoils(order: RunOrder) -> bool:
        spoilt = replace(order, inline=RunOrder.inlined(b"\xff"))
        bench.redis.rpush(bench.queue, json.dumps(spoilt.as_kwargs()))
        return True

    bench.thief = spoils
    with pytest.raises(StageError) as failure:
        await bench.speak("count 1 0")
    assert not failure.value.retryable
    await asyncio.sleep(0.1)
    assert "cannot be read" in latest(bench.redis, 1)[0].cause


async def test_what_was_read_does_not_stay_in_redis(bench: Bench) -> None:
    bench.worker()
    assert await bench.speak("count 3 0") == [0, 1, 2]
    await asyncio.sleep(2.5)
    assert await bench.speak("count 1 0") == [0]
    stream = bench.orders[0].replies
    await asyncio.sleep(0.1)
    assert bench.redis.xlen(stream) <= 8
    assert bench.redis.ttl(stream) > 0
    assert bench.redis.get(keys.run(bench.orders[0].run)) == keys.OVER.encode()


async def test_a_run_goes_on_after_redis_was_killed(tmp_path: Path) -> None:
    """Killed in the middle of a run, and started again with nothing in it."""
    with services.redis() as url:
        client: Redis = Redis.from_url(url, socket_timeout=2)
        bench = Bench(client, tmp_path)
        bench.worker()
        assert await bench.speak("count 1 0") == [0]
        talk = asyncio.create_task(bench.speak("count 6 0.4"))
        await asyncio.sleep(0.9)
        info: Any = client.info()
        os.kill(int(info["process_id"]), signal.SIGKILL)
        await asyncio.sleep(1)
        with services.redis(port=int(info["tcp_port"])):
            assert await talk == [0, 1, 2, 3, 4, 5]
            await asyncio.to_thread(bench.close)
