"""Frames of one microphone put in order: resends dropped, gaps filled, floods refused."""

from __future__ import annotations

import time
from collections.abc import Callable

from sessions.turns.segmenter import SAMPLE_RATE_HZ
from sessions.wire.binary import MIC_PAYLOAD_BYTES, MicFrame

from .rate_limit import TokenBucket

FRAMES_PER_S = 50
MS_PER_FRAME = 20
# A page that was offline resends up to 10 s; clocks of sound cards differ a little.
BURST_FRAMES = 600
RATE_FRAMES_PER_S = 60
MAX_GAP_FRAMES = 50
_SILENCE = bytes(MIC_PAYLOAD_BYTES)


class MicrophoneInput:
    """Takes numbered frames and gives back sound in order."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._bucket = TokenBucket(
            rate_per_s=RATE_FRAMES_PER_S, burst=BURST_FRAMES, clock=clock
        )
        self.next_number = 0
        self.dropped = 0
        self.missing = 0

    def expect(self, number: int) -> None:
        """Take nothing before this frame: an earlier live session has heard it."""
        self.next_number = max(self.next_number, number)

    def ms_before(self, samples: int) -> float:
        """Return where on the microphone's timeline it stood so many samples ago."""
        ago_ms = 1000 * samples / SAMPLE_RATE_HZ
        return max(0.0, MS_PER_FRAME * self.next_number - ago_ms)

    def take(self, frame: MicFrame) -> list[bytes] | None:
        """Return the sound this frame brings (maybe none); None: too much, dropped."""
        if not self._bucket.take():
            self.dropped += 1
            return None
        gap = frame.number - self.next_number
        if gap < 0:
            return []
        self.next_number = frame.number + 1
        self.missing += gap
        return [_SILENCE] * min(gap, MAX_GAP_FRAMES) + [frame.pcm]

    def rewind(self, frames: int) -> None:
        """Expect so many of the latest frames once more: they may not have come whole."""
        self.next_number = max(0, self.next_number - frames)
