"""The tutor's voice as a track: a frame every 20 ms, silence between replies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from fractions import Fraction

from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame

from .voice_queue import FRAME_SAMPLES, TRACK_RATE_HZ, Mark, VoiceQueue

# A loop that is later than this does not catch up by a burst: the listener would only
# have to hold it back.
MOST_LATE_S = 0.1


class VoiceTrack(MediaStreamTrack):
    """Paces a queue. ``on_mark(mark)`` is called as a stretch of a reply leaves."""

    kind = "audio"

    def __init__(self, queue: VoiceQueue, on_mark: Callable[[Mark], None]) -> None:
        super().__init__()
        self._queue = queue
        self._on_mark = on_mark
        self._began_at = 0.0
        self._pts = 0

    async def recv(self) -> AudioFrame:
        """Return the next frame once it is due. Raises MediaStreamError after the end."""
        if self.readyState != "live":
            raise MediaStreamError
        now = time.monotonic()
        if self._pts == 0:
            self._began_at = now
        due_in_s = self._began_at + self._pts / TRACK_RATE_HZ - now
        if due_in_s > 0:
            await asyncio.sleep(due_in_s)
        elif due_in_s < -MOST_LATE_S:
            self._began_at -= due_in_s
        samples, mark = self._queue.next_frame()
        if mark is not None:
            self._on_mark(mark)
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME_SAMPLES)
        frame.planes[0].update(samples.tobytes())
        frame.pts, frame.sample_rate = self._pts, TRACK_RATE_HZ
        frame.time_base = Fraction(1, TRACK_RATE_HZ)
        self._pts += FRAME_SAMPLES
        return frame
