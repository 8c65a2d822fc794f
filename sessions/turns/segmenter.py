"""Microphone frames to learner utterances: voice detection and end of turn.

Frames of 20 ms are regrouped into the detector's windows. Speech begins when enough of the
latest windows are voiced, and takes the sound just before it along; it ends after a silence
(``end_silence_ms``), when push-to-talk is released, or at ``max_utterance_ms``. A shorter
silence (``candidate_silence_ms``) offers the utterance so far as a candidate, so that
recognition may start before the end is certain. Who looks at a candidate may set another wait
for the silence after it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from inference.protocols import SpeechDetectorStream
from inference.types.audio import AudioClip

SAMPLE_RATE_HZ = 16_000
START_PROBABILITY = 0.5
STAY_PROBABILITY = 0.35
START_VOICED_WINDOWS = 3
START_LOOK_BACK_WINDOWS = 5
# Where to begin for nothing costs little.
EAGER_VOICED_WINDOWS = 2
PRE_ROLL_MS = 320
# Sound kept after the last voiced window, so that final consonants are whole.
POST_ROLL_MS = 160
CLIPPED_LEVEL = 32_700
CLIPPED_SHARE = 0.01
_SCALE = np.float32(1 / 32768)


@dataclass(frozen=True, slots=True)
class SegmenterSettings:
    """Silences and limits in milliseconds."""

    end_silence_ms: float = 600
    candidate_silence_ms: float = 160
    max_utterance_ms: float = 60_000
    # Of a learner who asked to finish.
    held_silence_ms: float = 30_000


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """Speech began."""


@dataclass(frozen=True, slots=True)
class CandidateReady:
    """The learner paused: the utterance so far, in case it is over."""

    clip: AudioClip
    voiced_samples: int
    last_voiced_at: float = 0.0


@dataclass(frozen=True, slots=True)
class SpeechResumed:
    """The learner went on after a candidate: a pause of so many ms within the turn."""

    pause_ms: float


@dataclass(frozen=True, slots=True)
class UtteranceCut:
    """An utterance is over.

    ``voiced_samples`` equals that of the latest candidate if nothing was said since.
    ``last_voiced_at`` is the clock (seconds) when its last voiced sample arrived,
    ``began_ago_samples`` how far its first sample lies behind the newest one pushed.
    """

    clip: AudioClip
    reason: str
    voiced_samples: int
    last_voiced_at: float
    clipped: bool
    began_ago_samples: int = 0


SegmenterEvent = SpeechBegan | CandidateReady | SpeechResumed | UtteranceCut


class Segmenter:
    """Cuts one microphone's stream into utterances."""

    def __init__(
        self,
        detector: SpeechDetectorStream,
        settings: SegmenterSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._detector = detector
        self._settings = settings
        self._clock = clock
        self._window_bytes = 2 * detector.window_samples
        self._window_ms = 1000 * detector.window_samples / SAMPLE_RATE_HZ
        self._pending = bytearray()
        self._pre_roll: deque[bytes] = deque(
            maxlen=max(1, round(PRE_ROLL_MS / self._window_ms))
        )
        self._recent: deque[bool] = deque(maxlen=START_LOOK_BACK_WINDOWS)
        self._utterance = bytearray()
        self._speaking = False
        self._pressed = False
        self._silence_ms = 0.0
        self._voiced_end = 0
        self._last_voiced_at = 0.0
        self._candidate_at = -1
        self._wait_ms: float | None = None
        self.push_to_talk = False
        # The learner asked to finish: until the turn ends, only a long silence ends it.
        self.held = False
        # Speech is found a little sooner, and a little more often where there is none.
        self.eager = False

    @property
    def speaking(self) -> bool:
        """Whether an utterance is being heard."""
        return self._speaking

    @property
    def pressed(self) -> bool:
        """Whether the learner holds the key: all that is heard is meant."""
        return self._pressed

    @property
    def recently_voiced(self) -> bool:
        """Whether the latest window held speech."""
        return self._speaking and self._silence_ms == 0.0

    def stands_at(self, candidate: CandidateReady) -> bool:
        """Whether nothing was said since a candidate."""
        return self._speaking and candidate.voiced_samples == self._voiced_end

    def snapshot(self) -> AudioClip:
        """Return the unfinished utterance so far."""
        return AudioClip(bytes(self._utterance), SAMPLE_RATE_HZ)

    def push(self, pcm: bytes) -> list[SegmenterEvent]:
        """Take the next frame (PCM16, 16 kHz); return what it brought about."""
        self._pending += pcm
        events: list[SegmenterEvent] = []
        while len(self._pending) >= self._window_bytes:
            window = bytes(self._pending[: self._window_bytes])
            del self._pending[: self._window_bytes]
            events += self._window(window)
        return events

    def wait(self, candidate: CandidateReady, silence_ms: float) -> None:
        """End the utterance after this silence, if nothing was said since the candidate."""
        if self.stands_at(candidate):
            self._wait_ms = silence_ms

    def press(self) -> list[SegmenterEvent]:
        """Push-to-talk began: everything from now on is speech."""
        self._pressed = True
        if self._speaking:
            return []
        return self._begin()

    def release(self, reason: str = "release") -> list[SegmenterEvent]:
        """Push-to-talk ended, or the microphone was muted."""
        self._pressed = self.held = False
        if not self._speaking:
            return []
        self._utterance += self._pending
        self._pending.clear()
        return [self._cut(reason)]

    def forget(self) -> None:
        """What is being heard is no utterance: listen on, from its latest sound."""
        if not self._speaking:
            return
        heard, size = bytes(self._utterance), self._window_bytes
        kept = size * (self._pre_roll.maxlen or 1)
        for at in range(max(0, len(heard) - kept), len(heard), size):
            self._pre_roll.append(heard[at : at + size])
        self._recent.clear()
        if not self.eager:
            # Of voice that goes on it takes less to begin anew.
            self._recent.append(self.recently_voiced)
        self._speaking = self.held = False
        self._utterance = bytearray()

    def _window(self, window: bytes) -> list[SegmenterEvent]:
        samples = np.multiply(np.frombuffer(window, "<i2"), _SCALE, dtype=np.float32)
        probability = self._detector.probability(samples)
        if not self._speaking:
            return self._listen(window, probability)
        self._utterance += window
        resumed: list[SegmenterEvent] = []
        if probability >= STAY_PROBABILITY:
            if self._candidate_at == self._voiced_end:
                resumed = [SpeechResumed(self._silence_ms)]
            self._silence_ms = 0.0
            self._voiced_end = len(self._utterance) // 2
            self._last_voiced_at = self._clock()
            self._wait_ms = None
        else:
            self._silence_ms += self._window_ms
        return resumed + self._check_end()

    def _listen(self, window: bytes, probability: float) -> list[SegmenterEvent]:
        self._pre_roll.append(window)
        if self._pressed:
            # Cut at the longest utterance while the key is still down: go on.
            return self._begin()
        if self.push_to_talk:
            return []
        self._recent.append(probability >= START_PROBABILITY)
        needed = EAGER_VOICED_WINDOWS if self.eager else START_VOICED_WINDOWS
        if sum(self._recent) < needed:
            return []
        return self._begin()

    def _begin(self) -> list[SegmenterEvent]:
        self._speaking = True
        self._utterance = bytearray(b"".join(self._pre_roll))
        self._pre_roll.clear()
        self._recent.clear()
        self._silence_ms = 0.0
        self._voiced_end = len(self._utterance) // 2
        self._last_voiced_at = self._clock()
        self._candidate_at = -1
        self._wait_ms = None
        return [SpeechBegan()]

    def _check_end(self) -> list[SegmenterEvent]:
        length_ms = 1000 * (len(self._utterance) // 2) / SAMPLE_RATE_HZ
        if length_ms >= self._settings.max_utterance_ms:
            return [self._cut("max_length")]
        if self._pressed:
            return []
        end_silence_ms = self._settings.end_silence_ms
        if self._wait_ms is not None:
            end_silence_ms = self._wait_ms
        if self.held:
            end_silence_ms = self._settings.held_silence_ms
        if self._silence_ms >= end_silence_ms:
            return [self._cut("silence")]
        due = self._silence_ms >= self._settings.candidate_silence_ms
        if due and self._candidate_at != self._voiced_end:
            self._candidate_at = self._voiced_end
            return [
                CandidateReady(self._trimmed(), self._voiced_end, self._last_voiced_at)
            ]
        return []

    def _trimmed(self) -> AudioClip:
        end = self._voiced_end + POST_ROLL_MS * SAMPLE_RATE_HZ // 1000
        return AudioClip(bytes(self._utterance[: 2 * end]), SAMPLE_RATE_HZ)

    def _cut(self, reason: str) -> UtteranceCut:
        clip = self._trimmed() if reason == "silence" else self.snapshot()
        samples = np.frombuffer(clip.pcm, dtype="<i2")
        loud = np.count_nonzero(np.abs(samples.astype(np.int32)) >= CLIPPED_LEVEL)
        event = UtteranceCut(
            clip=clip,
            reason=reason,
            voiced_samples=self._voiced_end,
            last_voiced_at=self._last_voiced_at,
            clipped=bool(loud > CLIPPED_SHARE * max(1, len(samples))),
            began_ago_samples=(len(self._utterance) + len(self._pending)) // 2,
        )
        self._speaking = self.held = False
        self._utterance = bytearray()
        self._recent.clear()
        if reason == "silence":
            self._detector.reset()
        return event
