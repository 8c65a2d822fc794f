"""Workers as they really are: processes of Celery, with the engines of the settings."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from redis import Redis

from inference.runners.ordering import CelerySender
from inference.stages.stage import Stage
from inference.transport import fleet, keys
from inference.transport.run_order import RunOrder
from inference.types.speech import SynthesisRequest
from tests.fakes.workers import exchange_in, queued_runner

pytestmark = pytest.mark.slow

START_S = 60.0


@pytest.fixture
def own_redis(redis_url: str) -> Iterator[tuple[str, Redis]]:
    """A database of Redis that no other test looks at, and its address."""
    url = redis_url.rpartition("/")[0] if redis_url.count("/") > 2 else redis_url
    client: Redis = Redis.from_url(f"{url}/9", socket_timeout=3)
    client.flushdb()
    yield f"{url}/9", client
    client.flushdb()
    client.close()


def start_worker(url: str, folder: Path, number: int) -> subprocess.Popen[bytes]:
    """Start a worker of voices, as scripts/scaled does."""
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.unhurried_voice_settings",
        "TUTOR_DATA_DIR": str(folder),
        "TUTOR_EXCHANGE_DIR": str(folder / "exchange"),
        "TUTOR_REDIS_URL": url,
        "TUTOR_CELERY_BROKER_URL": url,
        "TUTOR_RUNNER": "queued",
    }
    command = [
        sys.executable, "-m", "celery", "--app", "tutorplatform", "worker",
        "--queues", "tts", "--pool", "threads", "--concurrency", "2",
        "--hostname", f"tts-{number}@%h", "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    log = (folder / f"worker-{number}.log").open("wb")
    with log:
        return subprocess.Popen(command, env=environ, stdout=log, stderr=log)


async def test_a_run_outlives_the_process_that_had_begun_it(
    own_redis: tuple[str, Redis], tmp_path: Path
) -> None:
    url, redis = own_redis
    sender = CelerySender(Celery(broker=url, set_as_current=False))
    orders: list[RunOrder] = []

    def send(order: RunOrder, queue: str) -> None:
        orders.append(order)
        sender(order, queue)

    with ExitStack() as ended:
        for number in (1, 2):
            worker = start_worker(url, tmp_path, number)
            ended.callback(worker.wait)
            ended.callback(worker.kill)
        give_up_at = time.monotonic() + START_S
        while len(fleet.workers(redis)) < 2:
            assert time.monotonic() < give_up_at, "the workers do not start"
            await asyncio.sleep(0.1)
        runner = queued_runner(
            redis,
            exchange_in(tmp_path / "exchange"),
            queue="tts",
            deadline_s=30,
            send=send,
        )
        ended.callback(runner.close)

        def kill_who_has_it() -> None:
            claimed: Any = None
            while not claimed:
                time.sleep(0.02)
                if orders:
                    claimed = redis.get(keys.claim(orders[0].run, 1))
            time.sleep(0.3)
            os.kill(int(claimed.decode().rpartition(":")[2]), signal.SIGKILL)

        killer = threading.Thread(target=kill_who_has_it, daemon=True)
        killer.start()
        began_at = time.monotonic()
        run = runner.run(
            Stage.SYNTHESIZE, SynthesisRequest("Hello."), cancelled=threading.Event()
        )
        chunks = [produced.value async for produced in run]
        assert len(chunks) == 1
        assert chunks[0].clip.n_samples > 0
        assert [order.attempt for order in orders] == [1, 2]
        assert time.monotonic() - began_at < 15
