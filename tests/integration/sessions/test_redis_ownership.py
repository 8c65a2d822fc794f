"""Two processes' worth of live sessions on one Redis."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from sessions.live.live_session import LiveSession
from sessions.live.redis_ownership import RedisOwnership
from sessions.live.registry import LiveSessions
from tests.fakes import live
from tests.fakes.engines import ScriptedSynthesizer
from tests.fakes.live import LiveHarness
from tests.fakes.turn_repository import MemoryTurnRepository

URL = settings.REDIS_URL
pytestmark = pytest.mark.skipif(not URL, reason="needs a Redis")


@pytest.fixture(autouse=True)
def no_session_left() -> None:
    """Nothing here is the site's."""


@pytest.fixture(autouse=True)
def scripted_engines() -> None:
    """The harness brings its own."""


class Process:
    """What one server process has."""

    def __init__(self, url: str = URL) -> None:
        self.sessions = LiveSessions(lambda: RedisOwnership(url))
        self.made: list[LiveHarness] = []
        self.repository = MemoryTurnRepository()
        self.told: list[str] = []

    async def make(self) -> LiveSession:
        """Make a live session that says nothing aloud."""
        harness = LiveHarness(
            synthesizer=ScriptedSynthesizer(failures=99), repository=self.repository
        )
        self.made.append(harness)
        return harness.live

    def leave(self) -> None:
        """The socket is told to leave."""
        self.told.append("leave")


@pytest.fixture
async def processes() -> AsyncIterator[Callable[..., Process]]:
    """Make processes; all end with the test."""
    made: list[Process] = []

    def make(url: str = URL) -> Process:
        made.append(Process(url))
        return made[-1]

    yield make
    for process in made:
        await process.sessions.close()
        for harness in process.made:
            harness.runner.close()


@pytest.fixture(autouse=True)
def one_uuid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a talk of its own: all share one Redis."""
    monkeypatch.setattr("tests.fakes.live.SESSION", uuid4())


async def test_a_talk_is_handed_over(processes: Callable[..., Process]) -> None:
    one, other = processes(), processes()
    seat = await one.sessions.join(_talk(), one.make, one.leave)
    began = time.monotonic()
    await other.sessions.join(_talk(), other.make, other.leave)
    assert time.monotonic() - began < 3
    assert one.told == ["leave"]
    assert len(one.sessions) == 0
    assert len(other.sessions) == 1
    assert seat.live.turns.current is None


async def test_a_process_that_is_gone_is_not_waited_for(
    processes: Callable[..., Process],
) -> None:
    one, other = processes(), processes()
    await one.sessions.join(_talk(), one.make, one.leave)
    gone = one.sessions._ownership
    assert isinstance(gone, RedisOwnership)
    for task in gone._tasks:
        task.cancel()
    await asyncio.sleep(0.1)
    began = time.monotonic()
    await other.sessions.join(_talk(), other.make, other.leave)
    assert time.monotonic() - began < 2, "not until its last sign of life is old"


async def test_a_page_of_another_process_ends_a_talk(
    processes: Callable[..., Process],
) -> None:
    one, other = processes(), processes()
    await one.sessions.join(_talk(), one.make, one.leave)
    other.sessions.start()
    await asyncio.to_thread(other.sessions.end_soon, _talk(), "learner")
    async with asyncio.timeout(3):
        while one.repository.ended is None:  # noqa: ASYNC110 nobody tells
            await asyncio.sleep(0.02)
    assert one.repository.ended == "LEARNER"


async def test_without_redis_a_talk_begins_all_the_same(
    processes: Callable[..., Process], caplog: pytest.LogCaptureFixture
) -> None:
    alone = processes("redis://127.0.0.1:1/0")
    with caplog.at_level(logging.WARNING):
        await alone.sessions.join(_talk(), alone.make, alone.leave)
        alone.sessions.end_soon(uuid4(), "learner")
    assert len(alone.sessions) == 1
    assert len([one for one in caplog.messages if "Redis" in one]) == 1


def _talk() -> UUID:
    return live.SESSION
