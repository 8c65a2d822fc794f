"""Frames of one microphone put in order: resends dropped, gaps filled, floods refused."""

from __future__ import annotations

import time
from collections.abc import Callable

from sessions.wire.binary import MIC_PAYLOAD_BYTES, MicFrame

from .rate_limit import TokenBucket

FRAMES_PER_S = 50
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
