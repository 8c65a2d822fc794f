"""The live sessions of this process, and who is connected to each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

from .event_router import EventRouter
from .live_session import LiveSession
from .ownership import Ownership, SoleProcess
from .ownership_setting import generations_now, ownership_of_site

logger = logging.getLogger(__name__)

MakeLiveSession = Callable[[], Awaitable[LiveSession]]


@dataclass(slots=True)
class Seat:
    """A live session, its one connection, and what happens if nobody is there."""

    live: LiveSession
    router: EventRouter
    replaced: Callable[[], None] | None = None
    expiry: asyncio.TimerHandle | None = None
    closing: asyncio.Task[None] | None = None

    def dismiss(self) -> None:
        """Tell who is connected to leave."""
        if self.expiry is not None:
            self.expiry.cancel()
            self.expiry = None
        if self.replaced is not None:
            replaced, self.replaced = self.replaced, None
            replaced()


class LiveSessions:
    """At most one live session for each tutoring session; at most one socket on it.

    ``own()`` makes what knows of other processes, once there is an event loop.
    """

    def __init__(self, own: Callable[[], Ownership] = SoleProcess) -> None:
        self._seats: dict[UUID, Seat] = {}
        # A lock is there as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._own = own
        self._ownership: Ownership | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._seats)

    @property
    def connected(self) -> int:
        """How many of them somebody is connected to."""
        return sum(seat.replaced is not None for seat in list(self._seats.values()))

    def talks(self) -> dict[UUID, LiveSession]:
        """Return a snapshot of the live sessions: it may be read from any thread."""
        return {uuid: seat.live for uuid, seat in list(self._seats.items())}

    def start(self) -> None:
        """Begin to know of other processes, on the running event loop."""
        loop = asyncio.get_running_loop()
        if self._ownership is None or self._loop is not loop:
            self._loop = loop
            self._ownership = self._own()
            self._ownership.start(self)

    async def join(
        self, uuid: UUID, make: MakeLiveSession, replaced: Callable[[], None]
    ) -> Seat:
        """Return the seat of a session; whoever sat there is told to leave."""
        self.start()
        lock = self._locks.setdefault(uuid, asyncio.Lock())
        async with lock:
            seat = self._seats.get(uuid)
            if seat is not None and seat.closing is not None:
                await asyncio.wait({seat.closing})
                seat = None
            if seat is None:
                seat = await self._take_up(uuid, make)
        seat.dismiss()
        seat.replaced = replaced
        if seat.live.watch is not None:
            seat.live.watch.back()
        return seat

    def leave(self, seat: Seat, replaced: Callable[[], None]) -> None:
        """The socket is gone; the session waits for its learner for a while."""
        if seat.replaced != replaced:
            return
        seat.replaced = None
        if seat.live.watch is not None:
            seat.live.watch.away()
        grace_s = 0 if seat.live.ended else seat.live.settings.resume_grace_s
        loop = asyncio.get_running_loop()
        seat.expiry = loop.call_later(grace_s, self._expire, seat)

    def end_soon(self, uuid: UUID, reason: str) -> None:
        """End a session from another thread (a page), here or in another process."""
        seat = self._seats.get(uuid)
        if seat is None:
            if (ownership := self._ownership) is not None:
                ownership.tell_to_end(uuid, reason)
        elif self._loop is not None:
            asyncio.run_coroutine_threadsafe(seat.live.end(reason), self._loop)

    async def hand_over(self, uuid: UUID) -> None:
        """Let go of a session: write what is known, so that another process goes on."""
        lock = self._locks.setdefault(uuid, asyncio.Lock())
        async with lock:
            seat = self._seats.get(uuid)
            if seat is None:
                await self._release(uuid)
                return
            if seat.closing is None:
                seat.dismiss()
                seat.closing = self._soon(self._close(seat, leaving=True))
            await asyncio.wait({seat.closing})

    async def look_whether_taken(self) -> list[UUID]:
        """Let go of sessions that others have taken up; return those that are ours."""
        held = {uuid: seat for uuid, seat in self._seats.items() if not seat.closing}
        latest = await generations_now(list(held))
        for uuid, seat in held.items():
            if latest.get(uuid) != seat.live.settings.generation:
                self._taken(seat)
        return [uuid for uuid, seat in held.items() if not seat.closing]

    async def close(self) -> None:
        """Close all sessions (the server stops); each may be taken up again."""
        leaving = self._ownership is not None and self._ownership.is_shared
        seats = [seat for seat in self._seats.values() if seat.closing is None]
        for seat in seats:
            seat.closing = self._soon(self._close(seat, leaving=leaving))
        closing = [seat.closing for seat in self._seats.values() if seat.closing]
        await asyncio.gather(*closing, return_exceptions=True)
        self._seats.clear()
        if self._ownership is not None:
            ownership, self._ownership = self._ownership, None
            await ownership.close()

    async def _take_up(self, uuid: UUID, make: MakeLiveSession) -> Seat:
        await self._claim(uuid)
        try:
            live = await make()
            await live.open()
        except BaseException:
            await self._release(uuid)
            raise
        seat = self._seats[uuid] = Seat(live, EventRouter(live))
        live.on_taken = lambda: self._taken(seat)
        return seat

    def _taken(self, seat: Seat) -> None:
        """Another process goes on with a session: stop, and say so to who is here."""
        if seat.closing is None:
            logger.info("a talk goes on in another process")
            seat.dismiss()
            seat.closing = self._soon(self._close(seat, leaving=True))

    def _expire(self, seat: Seat) -> None:
        uuid = seat.live.settings.session_uuid
        if self._seats.get(uuid) is seat and seat.closing is None:
            seat.closing = self._soon(self._close(seat))

    async def _close(self, seat: Seat, *, leaving: bool = False) -> None:
        """Write what is left, then make room: who joins meanwhile waits for it."""
        uuid = seat.live.settings.session_uuid
        try:
            await seat.live.close(leaving=leaving)
        finally:
            if self._seats.get(uuid) is seat:
                del self._seats[uuid]
            await self._release(uuid)

    async def _claim(self, uuid: UUID) -> None:
        if self._ownership is not None:
            await self._ownership.claim(uuid)

    async def _release(self, uuid: UUID) -> None:
        if self._ownership is not None:
            await self._ownership.release(uuid)

    def _soon(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


live_sessions = LiveSessions(ownership_of_site)
