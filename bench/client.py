"""A browser's side of the socket, for benchmarks."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from sessions.wire.binary import (
    VIDEO_KIND,
    TutorAudio,
    decode_tutor_audio,
    encode_mic_frame,
)

from .server import Seat

FRAME_S = 0.02
FRAME_BYTES = 640
SILENT_FRAME = bytes(FRAME_BYTES)


@dataclass(slots=True)
class Received:
    """A server message and when it came (``time.monotonic``)."""

    type: str
    at: float
    seq: int
    message: dict[str, Any] = field(default_factory=dict)


class BenchClient:
    """Joins one session, streams frames in real time, notes what comes back.

    ``on_event`` sees every message as it arrives, ``on_sound`` the tutor's voice. ``faces`` are what it says it can show,
    ``rtc`` whether it can take sound by WebRTC.
    """

    def __init__(
        self,
        port: int,
        seat: Seat,
        *,
        on_event: Callable[[Received], None] | None = None,
        on_sound: Callable[[TutorAudio], None] | None = None,
        plays: bool = True,
        faces: tuple[str, ...] = (),
        rtc: bool = False,
    ) -> None:
        self._url = f"ws://127.0.0.1:{port}/ws/sessions/{seat.session}/"
        self._headers = {
            "Cookie": f"sessionid={seat.cookie}",
            "Origin": f"http://127.0.0.1:{port}",
        }
        self._on_event = on_event
        self._on_sound = on_sound
        self.plays = plays
        self._faces = faces
        self._rtc = rtc
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: list[tuple[str, dict[str, Any], asyncio.Future[Received]]] = []
        self._watched: list[tuple[str, Callable[[dict[str, Any]], None]]] = []
        self._frame = 0
        self.last_seq = 0
        self.gaps = 0
        self.errors: list[str] = []

    async def join(self) -> None:
        """Open the socket and say hello."""
        self._socket = await connect(
            self._url,
            additional_headers=self._headers,
            subprotocols=["tutor.v1"],  # type: ignore[list-item]
            compression=None,
            max_size=None,
        )
        ready = self.expect("session.ready")
        self._reader = asyncio.create_task(self._read())
        hello: dict[str, Any] = {"protocol": 1, "sample_rate": 16000, "last_seq": None}
        if self._faces:
            hello["faces"] = list(self._faces)
        if self._rtc:
            hello["rtc"] = True
        await self.send(type="session.hello", **hello)
        await ready

    async def leave(self) -> None:
        """Close the socket."""
        if self._reader is not None:
            self._reader.cancel()
        if self._socket is not None:
            await self._socket.close()

    async def send(self, **event: Any) -> None:
        """Send a JSON event."""
        await self.raw(json.dumps(event))

    async def raw(self, data: str | bytes) -> None:
        """Send any message."""
        assert self._socket is not None
        await self._socket.send(data)

    async def frame(self, pcm: bytes) -> None:
        """Send one microphone frame."""
        assert self._socket is not None
        await self._socket.send(encode_mic_frame(self._frame, pcm))
        self._frame += 1

    def expect(self, type_: str, **fields: Any) -> asyncio.Future[Received]:
        """Return a future for the next message of a type with these fields."""
        future: asyncio.Future[Received] = asyncio.get_running_loop().create_future()
        self._waiting.append((type_, fields, future))
        return future

    def watch(self, type_: str, take: Callable[[dict[str, Any]], None]) -> None:
        """Call ``take`` with each message of a type from now on."""
        self._watched.append((type_, take))

    async def _read(self) -> None:
        assert self._socket is not None
        async for packet in self._socket:
            at = time.monotonic()
            if isinstance(packet, bytes) and packet[0] == VIDEO_KIND:
                self._take(Received("video", at, 0))
                continue
            if isinstance(packet, bytes):
                audio = decode_tutor_audio(packet)
                if self._on_sound is not None:
                    self._on_sound(audio)
                fields = {
                    "turn": audio.turn,
                    "attempt": audio.attempt,
                    "offset": audio.offset_samples,
                    "samples": len(audio.pcm) // 2,
                    "by_track": audio.by_track,
                    "again": audio.again,
                }
                self._take(Received("audio", at, audio.seq, fields))
                continue
            message = json.loads(packet)
            received = Received(message["type"], at, message.get("seq", 0), message)
            self._take(received)
            if message["type"] == "error":
                self.errors.append(message["code"])
            if self.plays:
                await self._play(message)

    async def _play(self, message: dict[str, Any]) -> None:
        """Hear what there is at once: the benchmark is about getting here."""
        where = {k: message.get(k) for k in ("turn", "attempt")}
        if message["type"] == "reply.clause":
            heard_ms = message["end_ms"]
            await self.send(type="playback.progress", played_ms=heard_ms, **where)
        elif message["type"] == "reply.audio_ended":
            await self.send(type="playback.finished", **where)

    def _take(self, received: Received) -> None:
        if received.type == "session.ready":
            self.last_seq = received.message["last_seq"]
        if received.seq:
            self.gaps += max(0, received.seq - self.last_seq - 1)
            self.last_seq = received.seq
        for waiting in list(self._waiting):
            type_, fields, future = waiting
            if received.type == type_ and fields.items() <= received.message.items():
                self._waiting.remove(waiting)
                if not future.done():
                    future.set_result(received)
        for type_, take in self._watched:
            if received.type == type_:
                take(received.message)
        if self._on_event is not None:
            self._on_event(received)
