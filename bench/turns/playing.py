"""The learner's loudspeaker: plays the tutor's voice in real time, as a page does."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import suppress
from typing import Any

import numpy as np
import soxr

from bench.client import BenchClient, Received
from inference.types.audio import FloatSamples
from sessions.wire.binary import TutorAudio

from .speakers import RATE_HZ
from .takes import FRAME_SAMPLES

# The page's head start, and how often it says how far it is.
LEAD_S = 0.07
REPORT_EVERY_S = 0.2
# From the loudspeaker back into the microphone.
ECHO_DELAY_S = 0.1
# Frames are sent by a clock that trembles; a microphone hears without a break.
TREMBLES_S = 0.03


class Loudspeaker:
    """Plays one reply at a time, tells the server how far, and stops when it says so."""

    def __init__(self) -> None:
        self._client: BenchClient | None = None
        self._task: asyncio.Task[None] | None = None
        self._key: tuple[int, int] | None = None
        self._stopped: tuple[int, int] | None = None
        self._sound: list[FloatSamples] = []
        self._began_at = 0.0
        self._duration_s = 0.0
        self._complete = False
        self._held_s: float | None = None
        # When nothing was played of a reply that stood still.
        self._silence = (math.inf, math.inf)
        self._echo_at = 0

    def attach(self, client: BenchClient) -> None:
        """Report to this client from now on."""
        self._client = client

    @property
    def playing(self) -> bool:
        """Whether the tutor is heard."""
        return self._key is not None

    def take_sound(self, audio: TutorAudio) -> None:
        """Queue a stretch of the voice."""
        if (audio.turn, audio.attempt) == self._stopped:
            # It was on its way when the reply was stopped.
            return
        if (audio.turn, audio.attempt) != self._key:
            self._stop()
            self._key = (audio.turn, audio.attempt)
            self._sound, self._duration_s, self._complete = [], 0.0, False
            self._began_at = time.monotonic() + LEAD_S
            self._held_s, self._silence = None, (math.inf, math.inf)
            self._task = asyncio.create_task(self._report())
        samples = np.frombuffer(audio.pcm, "<i2").astype(np.float32) / 32768
        self._sound.append(soxr.resample(samples, audio.sample_rate_hz, RATE_HZ))
        self._duration_s += len(samples) / audio.sample_rate_hz

    def take(self, received: Received) -> None:
        """React to a message."""
        if self._key is None or received.message.get("turn") != self._key[0]:
            return
        if received.type == "reply.audio_ended":
            self._complete = True
        elif received.type == "reply.held":
            self._held_s = self._played_s()
            self._silence = (time.monotonic(), math.inf)
            self._tell("playback.progress")
        elif received.type == "reply.resumed":
            self._go_on(received.message["from_ms"] / 1000)
        elif received.type == "reply.interrupted":
            self._tell("playback.stopped")
            self._stopped = self._key
            self._stop()

    def echo(self) -> FloatSamples:
        """Return what of the tutor is in the next microphone frame."""
        silence = np.zeros(FRAME_SAMPLES, np.float32)
        if self._key is None or not self._sound:
            return silence
        heard_at = time.monotonic() - ECHO_DELAY_S
        at = int((heard_at - self._began_at) * RATE_HZ)
        if abs(at - self._echo_at) < TREMBLES_S * RATE_HZ:
            at = self._echo_at
        self._echo_at = at + FRAME_SAMPLES
        if at < 0 or self._silence[0] <= heard_at < self._silence[1]:
            return silence
        whole = np.concatenate(self._sound)
        self._sound = [whole]
        part = whole[at : at + FRAME_SAMPLES]
        return np.pad(part, (0, FRAME_SAMPLES - len(part)))

    def close(self) -> None:
        """Fall silent."""
        self._stop()

    def _go_on(self, from_s: float) -> None:
        begins_at = time.monotonic() + LEAD_S
        if self._held_s is not None:
            self._began_at = begins_at - min(from_s, self._held_s)
            self._silence = (self._silence[0], begins_at)
            self._held_s = None

    def _tell(self, type_: str) -> None:
        assert self._client is not None
        asyncio.ensure_future(  # noqa: RUF006 sent at once
            self._client.send(type=type_, played_ms=self._played_ms(), **self._where())
        )

    def _played_ms(self) -> float:
        return round(1000 * self._played_s(), 1)

    def _played_s(self) -> float:
        if self._held_s is not None:
            return self._held_s
        played_s = time.monotonic() - self._began_at
        return min(max(0.0, played_s), self._duration_s)

    def _where(self) -> dict[str, Any]:
        assert self._key is not None
        return {"turn": self._key[0], "attempt": self._key[1]}

    def _stop(self) -> None:
        self._key = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _report(self) -> None:
        assert self._client is not None
        with suppress(asyncio.CancelledError):
            while not (self._complete and self._played_s() >= self._duration_s):
                await asyncio.sleep(REPORT_EVERY_S)
                await self._client.send(
                    type="playback.progress",
                    played_ms=self._played_ms(),
                    **self._where(),
                )
            await self._client.send(type="playback.finished", **self._where())
            self._key, self._task = None, None
