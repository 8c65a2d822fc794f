"""How loud a learner usually is, and whether a voice comes from farther away."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from inference.types.audio import AudioClip

# Voices of others, across a room, are softer than this by so much.
FAR_DB = 7.0
# A background that was heard is expected to go on so loud, for so long.
BACKGROUND_DB = 5.0
BACKGROUND_S = 8.0
# A learner's level is believed after so many utterances; the latest count.
LEAST = 2
LATEST = 7
_BLOCK_MS = 20
_LOUD = 0.8


class Levels:
    """Of one talk; ``now_s`` is a clock's time."""

    def __init__(self) -> None:
        self._learner: deque[float] = deque(maxlen=LATEST)
        self._background_db = -math.inf
        self._background_at_s = -math.inf

    def spoke(self, clip: AudioClip) -> None:
        """Note how loud an utterance of the learner was."""
        self._learner.append(level_db(clip))

    def is_far(self, clip: AudioClip) -> bool:
        """Whether a voice is clearly softer than the learner's; unknown: no."""
        if len(self._learner) < LEAST:
            return False
        return level_db(clip) < float(np.median(self._learner)) - FAR_DB

    def background(self, clip: AudioClip, now_s: float) -> None:
        """Note that this is somebody else, farther away."""
        self._background_db, self._background_at_s = level_db(clip), now_s

    def is_background(self, clip: AudioClip, now_s: float) -> bool:
        """Whether this is still the background that was noted, or no louder."""
        if now_s - self._background_at_s > BACKGROUND_S:
            return False
        if level_db(clip) > self._background_db + BACKGROUND_DB:
            return False
        self._background_at_s = now_s
        return True


def level_db(clip: AudioClip) -> float:
    """Return how loud the loud parts of a clip are, in dB below full scale."""
    block = clip.sample_rate_hz * _BLOCK_MS // 1000
    samples = clip.as_float32()
    blocks = samples[: len(samples) // block * block].reshape(-1, block)
    if not len(blocks):
        return -math.inf
    power = float(np.quantile(np.mean(np.square(blocks), axis=1), _LOUD))
    return 10 * math.log10(max(1e-10, power))
