"""The takes in real time through the real socket, to a server whose hearing is real.

Before each take the tutor is asked something in writing, so that takes do not hang on each
other: it says what comes before the learner's words, or talks at length where it is to be
talked over.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import numpy as np

from bench.client import FRAME_S, BenchClient, Received
from bench.report import say
from bench.server import BenchServer, Seat

from . import sounds
from .figures import Judged
from .playing import Loudspeaker
from .scoring import Event, Played, judge
from .scripts import Kind
from .speakers import RATE_HZ
from .takes import FRAME_SAMPLES, ROOM_LEVEL, Take
from .told_dialogue import OTHERWISE

SETTINGS = "tests.turns_settings"
ASKED = "Go on."
AT_LENGTH = (
    "When I was young we lived in a house by the sea. Every summer my uncle came with his "
    "boat, and we went out early in the morning to catch fish. My sister was always the "
    "first one to see a bird, and my uncle told us what it was called. In the evening we "
    "cooked what we had caught, and we sat outside until it was dark."
)
TALKED_OVER_AFTER_S = 1.5
PATIENCE_S = 40.0
SETTLED_S = 1.0
# A tutor that stands still longer than this does so for good.
HELD_PATIENCE_S = 4.0
_KEPT = {
    "speech.started", "speech.ended", "transcript.final", "reply.started", "audio",
    "reply.held", "reply.resumed", "reply.interrupted", "turn.ended",
}  # fmt: skip


class Learner:
    """One talk: a microphone that is always open, a loudspeaker, and what is noted."""

    def __init__(self, port: int, seat: Seat, told: Path) -> None:
        self._told = told / f"{seat.session}.txt"
        self._speaker = Loudspeaker()
        self._client = BenchClient(
            port,
            seat,
            on_event=self._on_event,
            on_sound=self._speaker.take_sound,
            plays=False,
        )
        self._speaker.attach(self._client)
        self._mic: asyncio.Task[None] | None = None
        self._frames: list[bytes] = []
        self._sent: list[float] = []
        self._echo = 0.0
        self._events: list[Event] = []
        self._text = ""
        # Turns that are not over, and whether replies are wanted at all.
        self._open: set[int] = set()
        self._hearing = False
        self._held = False
        self._hushed = False
        self._moved = asyncio.Event()
        room = sounds.at_level(sounds.pink(RATE_HZ, 1), ROOM_LEVEL)
        pcm = (room * 32767).astype("<i2").tobytes()
        size = 2 * FRAME_SAMPLES
        self._room = [pcm[i : i + size] for i in range(0, len(pcm), size)]

    async def join(self) -> None:
        """Join, and hear the tutor's greeting out."""
        opened = self._client.expect("turn.ended", turn=0)
        await self._client.join()
        self._mic = asyncio.create_task(self._speak())
        await asyncio.wait_for(opened, 120)

    async def leave(self) -> None:
        """Leave the talk."""
        if self._mic is not None:
            self._mic.cancel()
        self._speaker.close()
        await self._client.leave()

    async def play(self, take: Take) -> Judged:
        """Play one take and judge it."""
        await self._ask(take)
        self._told.write_text(OTHERWISE, "utf-8")
        self._events, self._text = [], ""
        self._echo = 0.0 if take.echo_db is None else 10 ** (take.echo_db / 20)
        frames = take.frames
        self._sent, self._frames = [], frames
        with suppress(TimeoutError):
            async with asyncio.timeout(len(frames) * FRAME_S + 5):
                while self._frames and not self._is_over(take):
                    self._moved.clear()
                    await self._moved.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(HELD_PATIENCE_S):
                while self._held and take.kind is Kind.BYSTANDER:
                    self._moved.clear()
                    await self._moved.wait()
        over_at = time.monotonic()
        sent = self._sent
        self._frames, self._echo = [], 0.0
        last = (take.truth.ends - 1) // FRAME_SAMPLES
        if len(sent) <= last:
            raise TimeoutError(f"{take.name} was not played to its end")
        played = Played(
            begins_s=sent[take.truth.begins // FRAME_SAMPLES],
            ends_s=sent[last],
            over_s=over_at,
        )
        verdict = judge(take.kind, self._events, played, recognises=True)
        text = self._text
        await self._settle()
        return Judged(take, verdict, text)

    async def _ask(self, take: Take) -> None:
        words = (take.asked or ASKED) if take.kind is Kind.TURN else AT_LENGTH
        self._told.write_text(words, "utf-8")
        self._hushed = False
        heard = self._client.expect("audio")
        await self._client.send(
            type="text.submit", text="Please go on.", client_id=uuid4().hex
        )
        try:
            await asyncio.wait_for(heard, PATIENCE_S)
        except TimeoutError:
            raise TimeoutError("the tutor did not speak") from None
        if take.kind is not Kind.TURN:
            await asyncio.sleep(TALKED_OVER_AFTER_S)
            return
        try:
            async with asyncio.timeout(PATIENCE_S):
                while self._speaker.playing or self._open:
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            raise TimeoutError("the tutor did not finish") from None

    def _is_over(self, take: Take) -> bool:
        """Whether there is nothing more to see of a take."""
        last = (take.truth.ends - 1) // FRAME_SAMPLES
        if take.kind is Kind.BYSTANDER or len(self._sent) <= last:
            return False
        ended_at = self._sent[last]
        if take.kind is Kind.INTERRUPTION and not any(
            event.type == "reply.interrupted" for event in self._events
        ):
            return False
        closed = {
            event.turn
            for event in self._events
            if event.type == "speech.ended" and event.at_s >= ended_at
        }
        return any(
            event.turn in closed and event.type in {"audio", "turn.ended"}
            for event in self._events
        )

    async def _settle(self) -> None:
        """Let everything that began in a take come to its end."""
        self._hushed = True
        await self._client.send(type="reply.stop")
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                quiet_since = time.monotonic()
                while time.monotonic() - quiet_since < SETTLED_S:
                    if self._open or self._hearing:
                        quiet_since = time.monotonic()
                    await asyncio.sleep(0.05)

    async def _speak(self) -> None:
        """Send a frame every 20 ms: of the take, or of the quiet room."""
        start, number = time.monotonic(), 0
        while True:
            await asyncio.sleep(max(0.0, start + number * FRAME_S - time.monotonic()))
            frames = self._frames
            at = len(self._sent)
            if at < len(frames):
                await self._client.frame(self._with_echo(frames[at]))
                if frames is self._frames:
                    self._sent.append(time.monotonic())
            else:
                self._frames = []
                await self._client.frame(self._room[number % len(self._room)])
            self._moved.set()
            number += 1

    def _with_echo(self, frame: bytes) -> bytes:
        if not self._echo:
            return frame
        heard = np.frombuffer(frame, "<i2") + 32767 * self._echo * self._speaker.echo()
        return bytes(np.clip(heard, -32768, 32767).astype("<i2").tobytes())

    def _on_event(self, received: Received) -> None:
        self._speaker.take(received)
        turn = int(received.message.get("turn") or 0)
        match received.type:
            case "speech.started":
                self._hearing = True
            case "reply.held":
                self._held = True
            case "reply.resumed" | "reply.interrupted":
                self._held = False
            case "speech.ended":
                self._hearing = False
                self._open.add(turn)
            case "reply.started":
                self._open.add(turn)
            case "turn.ended":
                self._held = False
                self._open.discard(turn)
            case "transcript.final":
                self._text = received.message["text"]
            case "audio" if self._hushed:
                asyncio.ensure_future(  # noqa: RUF006 sent at once
                    self._client.send(type="reply.stop")
                )
        if received.type in _KEPT:
            reason = str(received.message.get("reason", ""))
            self._events.append(Event(received.type, received.at, turn, reason))
        self._moved.set()


async def run(
    takes: Sequence[Take], *, talks: int, on_judged: Callable[[Judged], None]
) -> None:
    """Play the takes in so many talks side by side, each take in the next free one."""
    with BenchServer(SETTINGS) as server:
        told = server.data_dir / "told"
        told.mkdir()
        server.env["BENCH_TOLD"] = str(told)
        seats = server.seed(talks)
        server.start()
        waiting = list(reversed(takes))

        async def talk(seat: Seat) -> None:
            learner = Learner(server.port, seat, told)
            await learner.join()
            try:
                while waiting:
                    take = waiting.pop()
                    try:
                        on_judged(await learner.play(take))
                    except TimeoutError as late:
                        say(f"  {take.name}: not judged, {late}")
            finally:
                await learner.leave()

        await asyncio.gather(*(talk(seat) for seat in seats))
        say(f"load {os.getloadavg()[0]:.1f}")
