"""One socket on a live session: first the greeting, then both directions."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from uuid import UUID

from inference.errors import StageError
from sessions.wire import client_events as c
from sessions.wire.binary import decode_mic_frame
from sessions.wire.errors import (
    CLOSE_BAD_PROTOCOL,
    CLOSE_ENDED,
    CLOSE_NO_ROOM,
    CLOSE_REPLACED,
    CLOSE_TOO_SLOW,
    CLOSE_UNAVAILABLE,
    WireError,
)
from sessions.wire.server_events import encode_server_event
from tutor.translatable import gettext_noop

from .outbox import Packet
from .rate_limit import TokenBucket
from .registry import LiveSessions, MakeLiveSession, Seat
from .webrtc.delivery import Delivery, RtcEvent
from .webrtc.setting import rtc_setting
from .wording import page_language, refusal_words, worded

logger = logging.getLogger(__name__)

HELLO_TIMEOUT_S = 10.0
MAX_MALFORMED = 20
EVENTS_PER_S = 20
EVENTS_BURST = 60

Send = Callable[[Packet], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]


class Connection:
    """Takes what the browser sends and sends what the session says."""

    def __init__(
        self,
        *,
        session_uuid: UUID,
        sessions: LiveSessions,
        make: MakeLiveSession,
        send: Send,
        close: Close,
    ) -> None:
        self._uuid = session_uuid
        self._sessions = sessions
        self._make = make
        self._send = send
        self._close = close
        self._seat: Seat | None = None
        self._writer: asyncio.Task[None] | None = None
        self._rtc: Delivery | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._malformed = 0
        self._language = ""
        self._events = TokenBucket(rate_per_s=EVENTS_PER_S, burst=EVENTS_BURST)
        self._hello = asyncio.get_running_loop().call_later(
            HELLO_TIMEOUT_S, self._no_hello
        )

    async def text(self, data: str) -> None:
        """Take one text message."""
        try:
            event = c.decode_text(data)
            if not self._events.take():
                raise WireError(
                    "protocol.too_fast", gettext_noop("Too many messages at once.")
                )
            if isinstance(event, c.Ping):
                await self._send(encode_server_event("pong", {"t": event.t}))
            elif isinstance(event, c.Hello):
                await self._greet(event)
            elif self._seat is None:
                raise _hello_expected()
            elif isinstance(event, c.SessionEnd):
                await self._seat.live.end("learner")
            elif isinstance(event, RtcEvent):
                if self._rtc is None:
                    raise WireError("rtc.off", "This server talks by its socket only.")
                self._rtc.take(event)
            else:
                self._seat.router.handle(event)
        except WireError as error:
            await self._refuse(error)

    def binary(self, data: bytes) -> None:
        """Take one binary message."""
        try:
            if self._seat is None:
                raise _hello_expected()
            self._seat.live.push_frame(decode_mic_frame(data))
        except WireError as error:
            self._soon(self._refuse(error))

    async def gone(self) -> None:
        """The socket is closed."""
        self._hello.cancel()
        if self._writer is not None:
            self._writer.cancel()
        await self._leave_rtc()
        if self._seat is not None:
            if self._seat.live.outbox.video.leave(self):
                self._seat.live.face.leave()
            self._sessions.leave(self._seat, self._replaced)
            self._seat = None

    async def _greet(self, hello: c.Hello) -> None:
        if self._seat is not None:
            raise WireError("protocol.malformed", "The session has begun already.")
        self._hello.cancel()
        self._language = page_language(hello.language)
        self._seat = await self._join()
        live = self._seat.live
        live.language = self._language
        if live.input_mode != hello.input_mode:
            self._seat.router.handle(
                c.InputMode(type="input.mode", mode=hello.input_mode)
            )
        live.face.greet(hello.faces, hello.face)
        seen = hello.last_seq
        resumed = seen is not None and live.outbox.holds(seen)
        start = seen if seen is not None and resumed else live.redraw_seq()
        ready = live.ready(resumed=resumed, last_seq=start)
        live.outbox.video.listen(self)
        if hello.rtc and (rtc := rtc_setting(self._uuid.hex, now=time.time())):
            self._rtc = Delivery(
                live,
                rtc,
                send=lambda type_, fields: self._soon(self._say(type_, fields)),
                refuse=lambda error: self._soon(self._refuse(error)),
            )
            ready["rtc"] = rtc.as_json()
        self._writer = asyncio.create_task(self._write(self._seat, ready, start))

    async def _join(self) -> Seat:
        try:
            return await self._sessions.join(self._uuid, self._make, self._replaced)
        except StageError as error:
            raise WireError(
                "session.unavailable",
                gettext_noop(
                    "The tutor cannot listen on this server. Please tell who runs it."
                ),
                close_code=CLOSE_UNAVAILABLE,
            ) from error

    async def _write(self, seat: Seat, ready: dict[str, Any], cursor: int) -> None:
        await self._send(
            encode_server_event("session.ready", worded(ready, self._language))
        )
        outbox, rtc = seat.live.outbox, self._rtc
        while True:
            await outbox.wait(cursor)
            if not outbox.holds(cursor):
                # Too slow to follow: it comes back and redraws.
                await self._close(CLOSE_TOO_SLOW)
                return
            # One at a time: what has come meanwhile may go first, or be gone.
            if outbox.first:
                await self._send(outbox.first.popleft())
            elif (packet := outbox.video.take_announcement(cursor)) is not None:
                await self._send(packet)
            elif (packet := outbox.following(cursor)) is not None:
                await self._send(packet if rtc is None else rtc.pass_on(packet))
                cursor += 1
            elif (packet := outbox.video.take()) is not None:
                await self._send(packet)
            if outbox.has_farewell and cursor == outbox.last_seq:
                await self._close(1000)
                return

    async def _refuse(self, error: WireError) -> None:
        close_code = error.close_code
        if error.code == "protocol.malformed":
            self._malformed += 1
            if self._malformed >= MAX_MALFORMED:
                close_code = CLOSE_BAD_PROTOCOL
        await self._send(error_json(error, self._language))
        if close_code is not None:
            await self._close(close_code)

    def _replaced(self) -> None:
        """Another socket took the session over."""
        if self._writer is not None:
            self._writer.cancel()
        self._seat = None
        if self._rtc is not None:
            self._rtc.leave()
        self._soon(self._leave_rtc())
        self._soon(self._say_replaced())

    async def _say(self, type_: str, fields: dict[str, Any]) -> None:
        await self._send(encode_server_event(type_, fields))

    async def _leave_rtc(self) -> None:
        if self._rtc is not None:
            rtc, self._rtc = self._rtc, None
            await rtc.close()

    async def _say_replaced(self) -> None:
        await self._send(encode_server_event("session.replaced", {}))
        await self._close(CLOSE_REPLACED)

    def _no_hello(self) -> None:
        self._soon(self._refuse(_hello_expected()))

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._settled)

    def _settled(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Mostly a page that was closed or loaded again in the meantime.
            logger.info("nobody took a last message: %s", type(error).__name__)


def _hello_expected() -> WireError:
    return WireError(
        "protocol.hello_expected",
        "The session has not begun yet.",
        close_code=CLOSE_BAD_PROTOCOL,
    )


def session_ended() -> WireError:
    """Return the refusal of a session that is over."""
    return WireError(
        "session.ended", gettext_noop("This session is over."), close_code=CLOSE_ENDED
    )


def lent_pages() -> WireError:
    """Return the refusal of who sees the site as somebody else."""
    return WireError(
        "session.lent",
        gettext_noop("You see the site as somebody else, so you cannot talk."),
        close_code=CLOSE_NO_ROOM,
    )


def error_json(error: WireError, language: str = "") -> str:
    """Return the message for a refusal; it is not part of the session's history."""
    return encode_server_event(
        "error",
        {
            "code": error.code,
            "message": refusal_words(error, language),
            "retryable": False,
            "turn": None,
        },
    )
