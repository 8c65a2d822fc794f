"""A browser's side of a talk that loses its server and comes back, as the page does."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from sessions.wire.binary import VIDEO_KIND, decode_tutor_audio, encode_mic_frame

from .server import Seat

FRAME_S = 0.02
KEPT_FRAMES = 500
FIRST_RETRY_S, LONGEST_RETRY_S = 0.4, 12.0


@dataclass(frozen=True, slots=True)
class Came:
    """A message of the server and when it came (``time.monotonic``)."""

    type: str
    at: float
    fields: dict[str, Any] = field(default_factory=dict)


class ReturningClient:
    """One page: numbered frames, resends, hello with what it saw last, retries.

    ``ports()`` are the servers that a proxy would try, in order. Replies are heard as time
    passes; nothing is reported, as from a tab in the background. ``faces`` are what the page
    can show.
    """

    def __init__(
        self,
        seat: Seat,
        ports: Callable[[], Sequence[int]],
        *,
        faces: Sequence[str] = (),
    ) -> None:
        self.seat = seat
        self._faces = list(faces)
        self._ports = ports
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._frames: deque[tuple[int, bytes]] = deque(maxlen=KEPT_FRAMES)
        self._next_frame = 0
        self.unsettled: list[dict[str, Any]] = []
        self._last_seq: int | None = None
        self._news = asyncio.Event()
        self.port = 0
        self.came: list[Came] = []

    async def open(self) -> None:
        """Open the page; return once the talk is ready. A server may be warming up."""
        self._task = asyncio.create_task(self._live())
        await self.until("session.ready", timeout_s=90)

    async def close(self) -> None:
        """Close the page."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def say(self, text: str, client_id: str) -> None:
        """Type something; it is sent again until the server made a turn of it."""
        message = {"type": "text.submit", "text": text, "client_id": client_id}
        self.unsettled.append(message)
        if self._socket is not None:
            with suppress(WebSocketException):
                await self._socket.send(json.dumps(message))

    async def sound(self, pcm: Iterable[bytes]) -> None:
        """Speak or be silent, 20 ms a piece, in real time and whether or not there is a line."""
        due = time.monotonic()
        for piece in pcm:
            number, self._next_frame = self._next_frame, self._next_frame + 1
            self._frames.append((number, piece))
            if self._socket is not None:
                with suppress(WebSocketException):
                    await self._socket.send(encode_mic_frame(number, piece))
            due += FRAME_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def until(
        self, type_: str, *, since: float = 0.0, timeout_s: float = 20.0, **fields: Any
    ) -> Came:
        """Return the first message of a type with these fields that came ``since`` then."""
        until = time.monotonic() + timeout_s
        while True:
            for came in self.came:
                fits = came.at >= since and came.type == type_
                if fits and fields.items() <= came.fields.items():
                    return came
            if (left := until - time.monotonic()) <= 0:
                seen = [came.type for came in self.came[-30:]]
                raise TimeoutError(f"no {type_} {fields}; seen {seen}")
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._news.wait()

    def types(self, *, since: float = 0.0) -> list[str]:
        """Return the types of what came, in order."""
        return [came.type for came in self.came if came.at >= since]

    async def _live(self) -> None:
        attempt = 0
        while True:
            code = None
            for port in self._ports():
                try:
                    code = await self._on(port)
                    attempt = 0
                    break
                except (OSError, WebSocketException, TimeoutError):
                    continue
            self._note(Came("close", time.monotonic(), {"code": code}))
            if code in {1000, 4400, 4401, 4404, 4409, 4410, 4429, 4503}:
                return
            attempt += 1
            longest = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** (attempt - 1))
            await asyncio.sleep(longest * (0.5 + random.random() / 2))  # noqa: S311

    async def _on(self, port: int) -> int | None:
        """Talk through one socket until it is gone; return its close code."""
        headers = {
            "Cookie": f"sessionid={self.seat.cookie}",
            "Origin": f"http://127.0.0.1:{port}",
        }
        address = f"ws://127.0.0.1:{port}/ws/sessions/{self.seat.session}/"
        async with connect(
            address,
            additional_headers=headers,
            subprotocols=["tutor.v1"],  # type: ignore[list-item]
            compression=None,
            max_size=None,
            open_timeout=30,
            close_timeout=1,
        ) as socket:
            hello: dict[str, Any] = {
                "type": "session.hello",
                "protocol": 1,
                "sample_rate": 16000,
                "last_seq": self._last_seq,
            }
            if self._faces:
                hello["faces"] = self._faces
            await socket.send(json.dumps(hello))
            self.port = port
            with suppress(WebSocketException):
                try:
                    async for packet in socket:
                        await self._take(socket, packet)
                finally:
                    self._socket = None
        return socket.close_code

    async def _take(self, socket: ClientConnection, packet: str | bytes) -> None:
        at = time.monotonic()
        if isinstance(packet, bytes):
            if packet[0] == VIDEO_KIND:
                return
            audio = decode_tutor_audio(packet)
            fields = {"turn": audio.turn, "attempt": audio.attempt}
            if self._is_new(audio.seq):
                self._note(Came("audio", at, fields))
            return
        message = json.loads(packet)
        if "seq" in message and not self._is_new(message["seq"]):
            return
        if message["type"] == "transcript.final" and message["source"] == "text":
            del self.unsettled[:1]
        if message["type"] == "session.ready":
            if not message["resumed"]:
                self._last_seq = message["last_seq"]
            await self._resend(socket, message["next_frame"])
            self._socket = socket
        self._note(Came(message["type"], at, message))

    async def _resend(self, socket: ClientConnection, next_frame: int) -> None:
        for message in self.unsettled:
            await socket.send(json.dumps(message))
        for number, pcm in list(self._frames):
            if number >= next_frame:
                await socket.send(encode_mic_frame(number, pcm))

    def _is_new(self, seq: int) -> bool:
        if self._last_seq is not None and seq <= self._last_seq:
            return False
        self._last_seq = seq
        return True

    def _note(self, came: Came) -> None:
        self.came.append(came)
        self._news.set()
