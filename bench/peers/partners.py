"""The sockets of those who are talked to: ours as a page has it, a peer's as ``wire`` says."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect

from bench.client import BenchClient, Received
from bench.server import Seat
from bench.turns.playing import Loudspeaker
from sessions.wire.binary import TutorAudio

from .hearing import Note, Sound
from .wire import (
    CLOSED,
    HEARD,
    HELD,
    OWN_FIGURE,
    RESUMED,
    SAID,
    STOPPED,
    TIMING,
    unpack_sound,
)

# Loading models and saying hello.
JOIN_PATIENCE_S = 120.0
_KINDS = {
    "speech.ended": CLOSED,
    "reply.interrupted": STOPPED,
    "reply.held": HELD,
    "reply.resumed": RESUMED,
    "transcript.final": HEARD,
    "pronunciation.ready": OWN_FIGURE,
    "reply.clause": SAID,
    "turn.timing": TIMING,
}


class Partner(Protocol):
    """Somebody to talk to; what came back since the last ``forget`` is kept."""

    sounds: list[Sound]
    notes: list[Note]

    async def join(self) -> None:
        """Open the socket and wait until one can talk."""

    async def leave(self) -> None:
        """Close the socket."""

    async def frame(self, pcm: bytes) -> None:
        """Send 20 ms of the microphone."""

    def forget(self) -> None:
        """Forget what came back."""


class Tutor:
    """Our own tutor, with a loudspeaker that says how far it is, as pages do."""

    def __init__(self, port: int, seat: Seat) -> None:
        self.sounds: list[Sound] = []
        self.notes: list[Note] = []
        self._speaker = Loudspeaker()
        self._stopped: tuple[int, int] | None = None
        self._client = BenchClient(
            port, seat, on_event=self._on_event, on_sound=self._on_sound, plays=False
        )
        self._speaker.attach(self._client)

    async def join(self) -> None:
        """Join, and wait for the end of the greeting."""
        opened = self._client.expect("turn.ended", turn=0)
        await self._client.join()
        await asyncio.wait_for(opened, JOIN_PATIENCE_S)

    async def leave(self) -> None:
        """Leave the talk."""
        self._speaker.close()
        await self._client.leave()

    async def frame(self, pcm: bytes) -> None:
        """Send 20 ms of the microphone."""
        await self._client.frame(pcm)

    def forget(self) -> None:
        """Forget what came back."""
        self.sounds, self.notes = [], []

    def _on_sound(self, audio: TutorAudio) -> None:
        if (audio.turn, audio.attempt) == self._stopped:
            # On its way when the reply was stopped: pages do not play it.
            return
        self.sounds.append(Sound.of(time.monotonic(), audio.sample_rate_hz, audio.pcm))
        self._speaker.take_sound(audio)

    def _on_event(self, received: Received) -> None:
        self._speaker.take(received)
        message = received.message
        if received.type == "reply.interrupted":
            self._stopped = (message["turn"], message["attempt"])
        if kind := _KINDS.get(received.type):
            self.notes.append(Note(received.at, kind, _text(kind, message)))


def _text(kind: str, message: dict[str, Any]) -> str:
    if kind in (HEARD, SAID):
        return str(message["text"])
    return json.dumps(message) if kind == TIMING else str(message["type"])


class Peer:
    """A peer's program on this machine."""

    def __init__(self, port: int) -> None:
        self.sounds: list[Sound] = []
        self.notes: list[Note] = []
        self._port = port
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """Open the socket."""
        self._socket = await connect(
            f"ws://127.0.0.1:{self._port}",
            compression=None,
            max_size=None,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read(self._socket))

    async def leave(self) -> None:
        """Close the socket."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()

    async def frame(self, pcm: bytes) -> None:
        """Send 20 ms of the microphone."""
        assert self._socket is not None
        await self._socket.send(pcm)

    def forget(self) -> None:
        """Forget what came back."""
        self.sounds, self.notes = [], []

    async def _read(self, socket: ClientConnection) -> None:
        async for packet in socket:
            at_s = time.monotonic()
            if isinstance(packet, bytes):
                self.sounds.append(Sound.of(at_s, *unpack_sound(packet)))
            else:
                told = json.loads(packet)
                self.notes.append(Note(at_s, told["kind"], told["text"]))
