"""The live sessions of this process, and who is connected to each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from .event_router import EventRouter
from .live_session import LiveSession

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


class LiveSessions:
    """At most one live session for each tutoring session; at most one socket on it."""

    def __init__(self) -> None:
        self._seats: dict[UUID, Seat] = {}
        self._locks: dict[UUID, asyncio.Lock] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def __len__(self) -> int:
        return len(self._seats)

    def talks(self) -> dict[UUID, LiveSession]:
        """Return a snapshot of the live sessions: it may be read from any thread."""
        return {uuid: seat.live for uuid, seat in list(self._seats.items())}

    async def join(
        self, uuid: UUID, make: MakeLiveSession, replaced: Callable[[], None]
    ) -> Seat:
        """Return the seat of a session; whoever sat there is told to leave."""
        self._loop = asyncio.get_running_loop()
        async with self._locks.setdefault(uuid, asyncio.Lock()):
            seat = self._seats.get(uuid)
            if seat is not None and seat.closing is not None:
                await asyncio.wait({seat.closing})
                seat = None
            if seat is None:
                live = await make()
                await live.open()
                seat = self._seats[uuid] = Seat(live, EventRouter(live))
        if seat.expiry is not None:
            seat.expiry.cancel()
            seat.expiry = None
        if seat.replaced is not None:
            seat.replaced()
        seat.replaced = replaced
        if seat.live.watch is not None:
            seat.live.watch.back()
        return seat

    def leave(self, seat: Seat, replaced: Callable[[], None]) -> None:
        """The socket is gone; the session waits for its learner for a while."""
        if seat.replaced is not replaced:
            return
        seat.replaced = None
        if seat.live.watch is not None:
            seat.live.watch.away()
        grace_s = 0 if seat.live.ended else seat.live.settings.resume_grace_s
        loop = asyncio.get_running_loop()
        seat.expiry = loop.call_later(grace_s, self._expire, seat)

    def end_soon(self, uuid: UUID, reason: str) -> None:
        """End a session from another thread (a page) if it is live here."""
        seat = self._seats.get(uuid)
        if seat is not None and self._loop is not None:
            asyncio.run_coroutine_threadsafe(seat.live.end(reason), self._loop)

    async def close(self) -> None:
        """Close all sessions (the server stops); each may be taken up again."""
        seats = list(self._seats.values())
        self._seats.clear()
        await asyncio.gather(
            *(seat.live.close() for seat in seats), return_exceptions=True
        )

    def _expire(self, seat: Seat) -> None:
        uuid = seat.live.settings.session_uuid
        if self._seats.get(uuid) is seat:
            seat.closing = asyncio.get_running_loop().create_task(self._close(seat))

    async def _close(self, seat: Seat) -> None:
        """Write what is left, then make room: who joins meanwhile waits for it."""
        try:
            await seat.live.close()
        finally:
            if self._seats.pop(seat.live.settings.session_uuid, None) is seat:
                self._locks.pop(seat.live.settings.session_uuid, None)


live_sessions = LiveSessions()
