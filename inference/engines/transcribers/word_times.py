"""Correcting word times that swallow a pause: the decoder's attention rests in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from inference.types.audio import FloatSamples
from inference.types.speech import Word

# Words are seldom longer, even drawn out by a beginner.
_SUSPICIOUS_MS = 1_200.0
_SHORT_MS = 200.0
_FRAME_MS = 20
# A gap this long ends a stretch of sound.
_GAP_FRAMES = 15
_QUIET_DB = 30.0


def without_pauses(
    words: Sequence[Word], samples: FloatSamples, rate_hz: int
) -> tuple[Word, ...]:
    """Shrink each word that is too long to the longest stretch of sound inside it."""
    if all(word.end_ms - word.start_ms <= _SUSPICIOUS_MS for word in words):
        return tuple(words)
    width = rate_hz * _FRAME_MS // 1000
    n_frames = samples.size // width
    power = np.square(samples[: n_frames * width]).reshape(n_frames, width).mean(axis=1)
    loud = power > np.percentile(power, 95) * 10 ** (-_QUIET_DB / 10)
    return tuple(
        _shrunk(word, loud) if word.end_ms - word.start_ms > _SUSPICIOUS_MS else word
        for word in words
    )


def _shrunk(word: Word, loud: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Word:
    first = int(word.start_ms // _FRAME_MS)
    frames = np.flatnonzero(loud[first : int(word.end_ms // _FRAME_MS)])
    if not frames.size:
        # Sound begins where the word is said to end: attention moved on too early.
        return replace(word, start_ms=max(word.start_ms, word.end_ms - _SHORT_MS))
    runs = np.split(frames, np.flatnonzero(np.diff(frames) > _GAP_FRAMES) + 1)
    run = max(runs, key=lambda run: int(run[-1] - run[0]))
    start_ms = max(word.start_ms, float((first + run[0]) * _FRAME_MS))
    end_ms = min(word.end_ms, float((first + run[-1] + 1) * _FRAME_MS))
    return replace(word, start_ms=start_ms, end_ms=end_ms)
