"""Microphone and loudspeaker of a LiveKit session that is in no room, but at a socket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from livekit import rtc
from livekit.agents.voice import io

from .wire import HELD, MIC_RATE_HZ, RESUMED, STOPPED, note, pack_sound

# So far ahead of the listener sound is sent, as a room's audio source has it queued.
LEAD_S = 0.2
_STEP_S = 0.01


class SocketMicrophone(io.AudioInput):
    """Frames as they come."""

    def __init__(self) -> None:
        super().__init__(label="socket")
        self._frames: asyncio.Queue[rtc.AudioFrame] = asyncio.Queue()

    def push(self, pcm: bytes) -> None:
        """Take a frame of PCM16 in."""
        self._frames.put_nowait(
            rtc.AudioFrame(
                data=pcm,
                sample_rate=MIC_RATE_HZ,
                num_channels=1,
                samples_per_channel=len(pcm) // 2,
            )
        )

    async def __anext__(self) -> rtc.AudioFrame:
        return await self._frames.get()


class SocketLoudspeaker(io.AudioOutput):
    """Sends sound as fast as it is listened to; can pause and be cut short.

    A segment begins with its first frame and is over when all of it was played, or it was
    cut, after ``flush`` said that no more of it comes.
    """

    def __init__(self, send: Callable[[str | bytes], Awaitable[None]]) -> None:
        super().__init__(
            label="socket",
            capabilities=io.AudioOutputCapabilities(pause=True),
            sample_rate=None,
        )
        self._send = send
        # None: the end of a segment.
        self._queue: asyncio.Queue[rtc.AudioFrame | None] = asyncio.Queue()
        self._cut = asyncio.Event()
        self._open = False
        self._sent_s = 0.0
        self._ends_at = 0.0
        self._paused_at: float | None = None
        self._notes: set[asyncio.Task[None]] = set()

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        """Take a frame to be played."""
        await super().capture_frame(frame)
        self._open = True
        self._queue.put_nowait(frame)

    def flush(self) -> None:
        """Take note that no more of this segment comes."""
        super().flush()
        if self._open:
            self._open = False
            self._queue.put_nowait(None)

    def clear_buffer(self) -> None:
        """Fall silent: what is left of this segment is not played."""
        if self._open or not self._queue.empty() or self._is_heard():
            self._cut.set()
            self._tell(STOPPED)

    def pause(self) -> None:
        """Fall silent, perhaps to go on."""
        super().pause()
        if self._paused_at is None:
            if self._is_heard():
                self._tell(HELD)
            self._paused_at = time.monotonic()

    def resume(self) -> None:
        """Go on."""
        super().resume()
        if self._paused_at is not None:
            if self._is_heard():
                self._ends_at += time.monotonic() - self._paused_at
                self._tell(RESUMED)
            self._paused_at = None

    async def play(self) -> None:
        """Play until cancelled."""
        while True:
            frame = await self._queue.get()
            if frame is None:
                await self._until(0.0)
                self._over()
                continue
            await self._until(LEAD_S)
            if self._cut.is_set():
                continue
            if not self._sent_s:
                self.on_playback_started(created_at=time.time())
            await self._send(pack_sound(frame.sample_rate, bytes(frame.data)))
            self._sent_s += frame.duration
            self._ends_at = max(self._ends_at, time.monotonic()) + frame.duration

    def _over(self) -> None:
        unheard_s = max(0.0, self._ends_at - (self._paused_at or time.monotonic()))
        was_cut = self._cut.is_set()
        self.on_playback_finished(
            playback_position=max(0.0, self._sent_s - unheard_s), interrupted=was_cut
        )
        self._cut.clear()
        self._sent_s = self._ends_at = 0.0

    def _is_heard(self) -> bool:
        return (self._paused_at or time.monotonic()) < self._ends_at

    async def _until(self, before_end_s: float) -> None:
        """Wait until so much of what was sent is left to hear, or it was cut."""
        while not self._cut.is_set() and (
            self._paused_at is not None
            or time.monotonic() < self._ends_at - before_end_s
        ):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._cut.wait(), _STEP_S)

    def _tell(self, kind: str) -> None:
        async def tell() -> None:
            await self._send(note(kind))

        task = asyncio.create_task(tell())
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)
