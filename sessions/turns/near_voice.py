"""Voice detection that tells the learner from others who talk in the background.

To a voice detector the voices of a class or a family are voice, so a turn in such a room would
never end. Others are farther from the microphone: where a background is evident, what stays
at its level for a while is silence, and speech is what rises above it again.

The background shows in the gaps between syllables, where a learner alone leaves almost
nothing. As long as those gaps are quiet, only the detector decides: who speaks softly, or ends
a sentence softly, in a quiet room is never taken for background.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from inference.protocols import SpeechDetector, SpeechDetectorStream
from inference.types.audio import FloatSamples

SAMPLE_RATE_HZ = 16_000
# Gaps between syllables come more often than this.
GAPS_MS = 1_600.0
# The quietest window lies so much below the mean of voices that talk at once.
GAP_BELOW_MEAN_DB = 6.0
# Sound is background where it was, for so many milliseconds on average, so many dB below the
# loudest stretch of that length. The nearer the background, the longer it has to be heard.
STRETCHES = ((160.0, 18.0), (320.0, 11.0), (800.0, 4.5))
# Such a background has to be evident, so much less than that below the learner.
EVIDENT_DB = 6.0
# The learner's level is forgotten slowly: sentences fall, people lean back.
FORGOTTEN_DB_PER_S = 1.0
# The learner speaks again where a stretch of so many milliseconds rises so much above the
# background, or comes so near to how loud they were; or the background has gone.
RISE_MS = 96.0
RISE_DB = 6.0
AS_LOUD_DB = 3.0
GONE_DB = 12.0
# A background's level is followed at once when it falls, slowly when it rises: the share of
# a window.
_FALLS, _RISES = 0.05, 0.005
_QUIETEST = 1e-10


class NearVoiceStream:
    """A detector's stream that takes voices in the background for silence."""

    def __init__(self, stream: SpeechDetectorStream) -> None:
        self.window_samples = stream.window_samples
        self._stream = stream
        window_ms = 1000 * stream.window_samples / SAMPLE_RATE_HZ
        self._forgotten_db = FORGOTTEN_DB_PER_S * window_ms / 1000
        self._powers: deque[float] = deque(maxlen=round(GAPS_MS / window_ms))
        self._counts = [max(1, round(ms / window_ms)) for ms, _ in STRETCHES]
        self._rise_count = max(1, round(RISE_MS / window_ms))
        self._loudest = [-math.inf] * len(STRETCHES)
        # The background's level while the learner is taken for silent.
        self._background: float | None = None

    def probability(self, window: FloatSamples) -> float:
        """Return the probability that the learner, not somebody else, speaks."""
        probability = self._stream.probability(window)
        self._powers.append(float(np.mean(np.square(window, dtype=np.float64))))
        self._listen()
        return 0.0 if self._background is not None else probability

    def reset(self) -> None:
        """Forget what was heard; how loud learner and background are is kept."""
        self._stream.reset()

    def _listen(self) -> None:
        levels = [self._level(count) for count in self._counts]
        if self._background is None:
            self._loudest = [
                max(loudest - self._forgotten_db, level)
                for loudest, level in zip(self._loudest, levels, strict=True)
            ]
            if self._is_background(levels):
                self._background = levels[-1]
            return
        now = self._level(self._rise_count)
        apart = now - self._background
        as_loud = levels[1] > self._loudest[1] - AS_LOUD_DB
        if as_loud or apart > RISE_DB or apart < -GONE_DB:
            self._background = None
            return
        moved = levels[1] - self._background
        self._background += (_FALLS if moved < 0 else _RISES) * moved

    def _is_background(self, levels: list[float]) -> bool:
        if len(self._powers) < (self._powers.maxlen or 0):
            return False
        evident = _db(min(self._powers)) + GAP_BELOW_MEAN_DB
        return any(
            level < loudest - below and evident > loudest - below - EVIDENT_DB
            for level, loudest, (_, below) in zip(
                levels, self._loudest, STRETCHES, strict=True
            )
        )

    def _level(self, count: int) -> float:
        """Return the level in dB of the latest windows."""
        latest = list(self._powers)[-count:]
        return _db(sum(latest) / len(latest))


class NearVoice:
    """A detector whose streams listen to who is near."""

    def __init__(self, detector: SpeechDetector) -> None:
        self._detector = detector

    def warm(self) -> None:
        """Load the detector."""
        self._detector.warm()

    def close(self) -> None:
        """Free the detector."""
        self._detector.close()

    def open(self) -> NearVoiceStream:
        """Return a stream with a state of its own."""
        return NearVoiceStream(self._detector.open())


def _db(power: float) -> float:
    return 10 * math.log10(max(_QUIETEST, power))
