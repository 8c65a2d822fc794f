"""Who sits where: one live session for each session, one socket on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import pytest

from sessions.live.live_session import LiveSession
from sessions.live.registry import LiveSessions
from sessions.turns.repository import StoredTurn, TalkTaken, TurnRecord
from tests.fakes.engines import ScriptedSynthesizer
from tests.fakes.live import SESSION, LiveHarness
from tests.fakes.turn_repository import MemoryTurnRepository


class ForgetfulRepository(MemoryTurnRepository):
    """Cannot be read the first time."""

    broken = True

    async def load(self) -> list[StoredTurn]:
        """Fail once."""
        if self.broken:
            self.broken = False
            raise OSError("no database")
        return await super().load()


class LostRepository(MemoryTurnRepository):
    """Somebody else has the talk by now."""

    async def save(self, record: TurnRecord) -> None:
        """Write nothing."""
        raise TalkTaken


class Socket:
    """Joins and leaves as a connection does: by methods of its own."""

    told = 0

    def replaced(self) -> None:
        """Be told to leave."""
        self.told += 1


class House:
    """Sessions that say nothing aloud, and how many were made."""

    def __init__(self, *, grace_s: float = 60) -> None:
        self.sessions = LiveSessions()
        self.made: list[LiveHarness] = []
        self.grace_s = grace_s
        self.repository = MemoryTurnRepository()

    async def make(self) -> LiveSession:
        """Make a live session; another task may run in the meantime."""
        await asyncio.sleep(0)
        harness = LiveHarness(
            synthesizer=ScriptedSynthesizer(failures=99),
            repository=self.repository,
            resume_grace_s=self.grace_s,
        )
        self.made.append(harness)
        return harness.live


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A house that is shut afterwards."""
    house = House()
    yield house
    await house.sessions.close()
    for harness in house.made:
        harness.runner.close()


def leaver(told: list[str], name: str) -> Callable[[], None]:
    """Return what notes that a socket was told to leave."""
    return lambda: told.append(name)


async def until(reached: Callable[[], bool]) -> None:
    """Return once it is so."""
    async with asyncio.timeout(2):
        while not reached():  # noqa: ASYNC110 nobody tells
            await asyncio.sleep(0.005)


async def test_the_second_socket_replaces_the_first(house: House) -> None:
    told: list[str] = []
    first = await house.sessions.join(SESSION, house.make, leaver(told, "first"))
    second = await house.sessions.join(SESSION, house.make, leaver(told, "second"))
    assert first is second
    assert told == ["first"]
    assert len(house.made) == 1


async def test_two_sockets_at_once_share_one_session(house: House) -> None:
    told: list[str] = []
    seats = await asyncio.gather(
        *(
            house.sessions.join(SESSION, house.make, leaver(told, str(i)))
            for i in range(3)
        )
    )
    assert len({id(seat) for seat in seats}) == len(house.made) == 1
    assert len(told) == 2


async def test_sessions_do_not_replace_each_other(house: House) -> None:
    told: list[str] = []
    for _ in range(2):
        await house.sessions.join(uuid4(), house.make, leaver(told, "x"))
    assert told == []
    assert len(house.sessions) == 2


async def test_coming_back_within_the_grace_finds_the_same_session(
    house: House,
) -> None:
    house.grace_s = 0.05
    told: list[str] = []
    gone = leaver(told, "gone")
    seat = await house.sessions.join(SESSION, house.make, gone)
    house.sessions.leave(seat, gone)
    again = await house.sessions.join(SESSION, house.make, leaver(told, "again"))
    await asyncio.sleep(0.1)
    assert again is seat
    assert told == []
    assert len(house.sessions) == 1


async def test_nobody_coming_back_closes_the_session_but_does_not_end_it(
    house: House,
) -> None:
    house.grace_s = 0.02
    gone = leaver([], "gone")
    seat = await house.sessions.join(SESSION, house.make, gone)
    house.sessions.leave(seat, gone)
    await until(lambda: not len(house.sessions))
    await asyncio.sleep(0.05)
    assert house.repository.ended is None
    later = await house.sessions.join(SESSION, house.make, gone)
    assert later is not seat


async def test_a_replaced_socket_that_leaves_late_empties_no_seat(
    house: House,
) -> None:
    house.grace_s = 0.0
    told: list[str] = []
    first = leaver(told, "first")
    seat = await house.sessions.join(SESSION, house.make, first)
    await house.sessions.join(SESSION, house.make, leaver(told, "second"))
    house.sessions.leave(seat, first)
    await asyncio.sleep(0.02)
    assert len(house.sessions) == 1


async def test_a_session_that_is_over_waits_for_nobody(house: House) -> None:
    gone = leaver([], "gone")
    seat = await house.sessions.join(SESSION, house.make, gone)
    await seat.live.end("learner")
    house.sessions.leave(seat, gone)
    await until(lambda: not len(house.sessions))


async def test_a_page_may_end_a_session_from_its_thread(house: House) -> None:
    seat = await house.sessions.join(SESSION, house.make, leaver([], "x"))
    for uuid in (uuid4(), SESSION):
        await asyncio.to_thread(house.sessions.end_soon, uuid, "learner")
    await until(lambda: house.repository.ended is not None)
    assert seat.live.ended
    assert house.repository.ended == "LEARNER"


async def test_a_session_that_could_not_be_opened_is_made_anew(house: House) -> None:
    house.repository = ForgetfulRepository()
    with pytest.raises(OSError, match="no database"):
        await house.sessions.join(SESSION, house.make, leaver([], "x"))
    assert len(house.sessions) == 0
    await house.sessions.join(SESSION, house.make, leaver([], "x"))
    assert len(house.made) == 2


async def test_closing_the_house_closes_every_session(house: House) -> None:
    for _ in range(2):
        await house.sessions.join(uuid4(), house.make, leaver([], "x"))
    await house.sessions.close()
    assert len(house.sessions) == 0
    assert all(harness.live.turns.current is None for harness in house.made)


async def test_a_page_that_is_closed_leaves_no_session_behind(house: House) -> None:
    house.grace_s = 0.02
    socket = Socket()
    seat = await house.sessions.join(SESSION, house.make, socket.replaced)
    house.sessions.leave(seat, socket.replaced)
    await until(lambda: not len(house.sessions))
    assert socket.told == 0


async def test_a_session_that_somebody_else_has_writes_nothing_and_says_so(
    house: House,
) -> None:
    house.repository = LostRepository()
    socket = Socket()
    seat = await house.sessions.join(SESSION, house.make, socket.replaced)
    seat.live.say_text("Hello")
    await until(lambda: not len(house.sessions))
    assert socket.told == 1
    assert house.repository.records == {}


async def test_letting_go_of_a_session_leaves_its_turn_to_be_taken_up(
    house: House,
) -> None:
    socket = Socket()
    seat = await house.sessions.join(SESSION, house.make, socket.replaced)
    await until(lambda: seat.live.turns.current is None)
    seat.live.say_text("Hello", "a")
    await until(lambda: 1 in house.repository.records)
    await house.sessions.hand_over(SESSION)
    assert len(house.sessions) == 0
    assert socket.told == 1
    assert house.repository.records[1].client_id == "a"
    again = await house.sessions.join(SESSION, house.make, Socket().replaced)
    assert list(again.live.texts_taken) == ["a"]
