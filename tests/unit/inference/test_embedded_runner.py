"""Stages in threads: in order, in time, stopped when nobody wants them any more."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from typing import Any

import pytest

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.runners.base import Produced
from inference.runners.embedded import EmbeddedRunner
from inference.stages.stage import STAGES, Stage

SECRET = "my name is Mina"
Work = Callable[[Cancelled], Iterator[Any]]


class Programmed:
    """An engine of every kind that does what its request says."""

    def respond(self, request: Work, *, cancelled: Cancelled) -> Iterator[Any]:
        """Do it."""
        yield from request(cancelled)

    synthesize = animate = respond

    def transcribe(self, request: Work, *, cancelled: Cancelled) -> Any:
        """Return its first result."""
        return next(request(cancelled))


@pytest.fixture
async def runner() -> AsyncIterator[EmbeddedRunner]:
    """One thread a stage, a fifth of a second for each result."""
    engine = Programmed()
    runner = EmbeddedRunner(
        lambda kind: engine,
        threads={**dict.fromkeys(Stage, 1), Stage.SYNTHESIZE: 2},
        deadline_s=dict.fromkeys(Stage, 0.2),
    )
    yield runner
    runner.close()


def count(n: int, *, pause_s: float = 0.0) -> Work:
    """Return work that counts."""

    def work(cancelled: Cancelled) -> Iterator[Any]:
        for i in range(n):
            time.sleep(pause_s)
            yield i

    return work


def obedient(stopped: threading.Event) -> Work:
    """Return work that never ends unless it is told to."""

    def work(cancelled: Cancelled) -> Iterator[Any]:
        while not cancelled.is_set():
            time.sleep(0.005)
        stopped.set()
        yield from ()

    return work


def deaf(until: threading.Event) -> Work:
    """Return work that does not listen to its caller."""

    def work(cancelled: Cancelled) -> Iterator[Any]:
        until.wait(5)
        yield "late"

    return work


async def results(
    runner: EmbeddedRunner,
    work: Work,
    *,
    stage: Stage = Stage.RESPOND,
    cancelled: Cancelled | None = None,
) -> list[Produced]:
    """Run a stage to its end."""
    run = runner.run(stage, work, cancelled=cancelled or threading.Event())
    return [produced async for produced in run]


async def idle(runner: EmbeddedRunner, stage: Stage = Stage.RESPOND) -> None:
    """Return once a stage is free."""
    async with asyncio.timeout(2):
        while runner.busy(stage):  # noqa: ASYNC110 threads tell nobody
            await asyncio.sleep(0.002)


async def test_results_come_in_order_with_their_times(runner: EmbeddedRunner) -> None:
    before = time.monotonic()
    found = await results(runner, count(20, pause_s=0.001))
    assert [produced.value for produced in found] == list(range(20))
    times = [produced.produced_at for produced in found]
    assert before <= found[0].began_at <= times[0]
    assert times == sorted(times)


async def test_waiting_in_line_is_no_part_of_a_runs_time(
    runner: EmbeddedRunner,
) -> None:
    first, second = await asyncio.gather(
        results(runner, count(1, pause_s=0.1)), results(runner, count(1))
    )
    assert second[0].began_at >= first[0].produced_at


@pytest.mark.parametrize("stage", Stage)
async def test_a_late_result_is_the_stages_time_out(
    runner: EmbeddedRunner, stage: Stage
) -> None:
    with pytest.raises(StageError) as failure:
        await results(runner, count(1, pause_s=0.4), stage=stage)
    assert failure.value.code == STAGES[stage].timeout_code


async def test_the_deadline_is_for_each_result_not_for_all(
    runner: EmbeddedRunner,
) -> None:
    assert len(await results(runner, count(6, pause_s=0.06))) == 6


async def test_an_abandoned_run_is_stopped_and_makes_room(
    runner: EmbeddedRunner,
) -> None:
    stopped = threading.Event()
    with pytest.raises(StageError):
        await results(runner, obedient(stopped))
    assert [p.value for p in await results(runner, count(2))] == [0, 1]
    assert stopped.is_set()


async def test_a_thread_that_hangs_blocks_only_itself(runner: EmbeddedRunner) -> None:
    released = threading.Event()
    with pytest.raises(StageError):
        await results(runner, deaf(released), stage=Stage.SYNTHESIZE)
    assert await results(runner, count(1), stage=Stage.SYNTHESIZE)
    assert await results(runner, count(1))
    released.set()


async def test_cancelling_stops_the_engine_without_an_error(
    runner: EmbeddedRunner,
) -> None:
    stopped, cancelled = threading.Event(), threading.Event()
    asyncio.get_running_loop().call_later(0.02, cancelled.set)
    assert await results(runner, obedient(stopped), cancelled=cancelled) == []
    assert stopped.is_set()


async def test_a_deaf_engine_that_was_cancelled_is_no_error(
    runner: EmbeddedRunner,
) -> None:
    released, cancelled = threading.Event(), threading.Event()
    asyncio.get_running_loop().call_later(0.02, cancelled.set)
    assert await results(runner, deaf(released), cancelled=cancelled) == []
    released.set()


async def test_what_was_cancelled_before_its_turn_never_runs(
    runner: EmbeddedRunner,
) -> None:
    cancelled, ran = threading.Event(), threading.Event()

    def work(_: Cancelled) -> Iterator[Any]:
        ran.set()
        yield 1

    cancelled.set()
    assert await results(runner, work, cancelled=cancelled) == []
    await idle(runner)
    assert not ran.is_set()


async def test_leaving_the_loop_stops_the_engine(runner: EmbeddedRunner) -> None:
    stopped = threading.Event()

    def work(cancelled: Cancelled) -> Iterator[Any]:
        yield 1
        yield from obedient(stopped)(cancelled)

    run = runner.run(Stage.RESPOND, work, cancelled=threading.Event())
    async with aclosing(run):
        assert (await anext(run)).value == 1
    await idle(runner)
    assert stopped.is_set()


async def test_a_cancelled_task_stops_the_engine(runner: EmbeddedRunner) -> None:
    stopped = threading.Event()
    task = asyncio.create_task(results(runner, obedient(stopped)))
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await idle(runner)
    assert stopped.is_set()


async def test_an_engines_exception_is_coded_and_never_quoted(
    runner: EmbeddedRunner, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def work(_: Cancelled) -> Iterator[Any]:
        yield 1
        raise RuntimeError(SECRET)

    with pytest.raises(StageError) as failure:
        await results(runner, work)
    await idle(runner)
    assert failure.value.code == "llm.failed"
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text + str(failure.value)


async def test_busy_tells_whether_a_run_would_wait(runner: EmbeddedRunner) -> None:
    released = threading.Event()
    for stage, threads in ((Stage.RESPOND, 1), (Stage.SYNTHESIZE, 2)):
        tasks = []
        for _ in range(threads):
            assert not runner.busy(stage)
            tasks.append(
                asyncio.create_task(results(runner, deaf(released), stage=stage))
            )
            await asyncio.sleep(0)
        assert runner.busy(stage)
        released.set()
        await asyncio.gather(*tasks)
        await idle(runner, stage)
        released.clear()
