"""The tutor's voice on its way to a track: brought to 48 kHz, cut into frames of 20 ms.

Plain numbers: ``VoiceTrack`` asks for a frame each time one is due.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soxr

from sessions.wire.binary import TutorAudio

TRACK_RATE_HZ = 48_000
FRAME_SAMPLES = 960
# Long enough to be no click, short enough to be silence at once.
FADE_SAMPLES = 240

Samples = npt.NDArray[np.int16]
Reply = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A frame in which a stretch of a reply begins.

    Sample ``at`` of the frame is ``offset_ms`` on the reply's audio timeline; what follows
    comes without a gap until there is another mark.
    """

    turn: int
    attempt: int
    offset_ms: float
    at: int


class VoiceQueue:
    """One reply at a time; silence while there is nothing to say."""

    def __init__(self) -> None:
        # Each with its place in the reply, in samples of the track.
        self._pieces: deque[tuple[int, Samples]] = deque()
        self._fade: Samples | None = None
        self._stands = False
        self._reply: Reply | None = None
        self._resampler: soxr.ResampleStream | None = None
        self._rate_hz = 0
        self._received = 0
        self._produced = 0
        # The place of the sample that would go on without a gap.
        self._next: int | None = None

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def push(self, audio: TutorAudio) -> None:
        """Add a stretch; one of another reply replaces what is left of the reply before."""
        reply = (audio.turn, audio.attempt)
        if reply != self._reply:
            self.drop()
            self._reply = reply
        follows = audio.offset_samples == self._received
        known = audio.sample_rate_hz == self._rate_hz
        if self._resampler is None or not known or not follows:
            self._restart(audio)
        samples = np.frombuffer(audio.pcm, "<i2").astype(np.int16)
        self._received += len(samples)
        self._resample(samples)

    def complete(self, turn: int, attempt: int) -> None:
        """No more comes of a reply: its last milliseconds may go."""
        if (turn, attempt) == self._reply:
            self._flush()

    def stand(self) -> None:
        """Fall silent, and stay so until what waits is dropped."""
        self._fade_out()
        self._stands = True
        self._next = None

    def drop(self) -> None:
        """Fall silent: nothing that waits is said, but for a few milliseconds of fading."""
        self._fade_out()
        self._pieces.clear()
        self._reply = self._resampler = self._next = None
        self._received = 0
        self._stands = False

    def next_frame(self) -> tuple[Samples, Mark | None]:
        """Return the next 20 ms, and the mark if a stretch of a reply begins in them."""
        frame = np.zeros(FRAME_SAMPLES, np.int16)
        mark, filled = None, 0
        if self._fade is not None:
            filled = len(self._fade)
            frame[:filled] = self._fade
            self._fade = None
        while self._pieces and filled < FRAME_SAMPLES and not self._stands:
            place, piece = self._pieces.popleft()
            if place != self._next and self._reply is not None and mark is None:
                mark = Mark(*self._reply, 1000 * place / TRACK_RATE_HZ, filled)
            part = piece[: FRAME_SAMPLES - filled]
            if len(part) < len(piece):
                self._pieces.appendleft((place + len(part), piece[len(part) :]))
            frame[filled : filled + len(part)] = part
            filled += len(part)
            self._next = place + len(part)
        if filled < FRAME_SAMPLES:
            self._next = None
        return frame, mark

    def _fade_out(self) -> None:
        if self._next is not None and self._pieces:
            begun = self._pieces[0][1][:FADE_SAMPLES]
            self._fade = (begun * np.linspace(1, 0, len(begun))).astype(np.int16)

    def _restart(self, audio: TutorAudio) -> None:
        """Begin at another place of the reply; what is due before it is not cut short."""
        self._flush()
        self._resampler = soxr.ResampleStream(
            audio.sample_rate_hz, TRACK_RATE_HZ, 1, dtype="int16"
        )
        self._rate_hz = audio.sample_rate_hz
        self._received = audio.offset_samples
        self._produced = round(
            audio.offset_samples * TRACK_RATE_HZ / audio.sample_rate_hz
        )

    def _flush(self) -> None:
        self._resample(np.zeros(0, np.int16), last=True)
        self._resampler = None

    def _resample(self, samples: Samples, *, last: bool = False) -> None:
        if self._resampler is None:
            return
        brought = self._resampler.resample_chunk(samples, last=last)
        if len(brought):
            self._pieces.append((self._produced, brought))
            self._produced += len(brought)
