"""What of a turn's sound a turn detector is asked about."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from inference.types.audio import FloatSamples

SAMPLE_RATE_HZ = 16_000
_BLOCK = SAMPLE_RATE_HZ // 50
# So much less than the loud parts is no voice, in decibels; quiet for less is a closure.
_QUIET_DB = 30.0
_LEAST_PAUSE_BLOCKS = 15


def pauses_in(samples: FloatSamples) -> list[tuple[int, int]]:
    """Return begin and end, in samples, of the silences inside a turn's sound."""
    count = len(samples) // _BLOCK
    blocks = samples[: count * _BLOCK].reshape(count, _BLOCK)
    power = np.mean(np.square(blocks, dtype=np.float64), axis=1)
    if not count or not power.any():
        return []
    loud = power > np.quantile(power, 0.9) * 10 ** (-_QUIET_DB / 10)
    voiced = np.flatnonzero(loud)
    found: list[tuple[int, int]] = []
    for before, after in pairwise(voiced):
        if after - before > _LEAST_PAUSE_BLOCKS:
            found.append((int(before + 1) * _BLOCK, int(after) * _BLOCK))
    return found


def shortened(samples: FloatSamples, *, kept_ms: float = 200.0) -> FloatSamples:
    """Return the sound with each silence inside it shortened."""
    kept = int(kept_ms * SAMPLE_RATE_HZ / 1000)
    parts: list[FloatSamples] = []
    done = 0
    for begin, end in pauses_in(samples):
        parts.append(samples[done : min(end, begin + kept)])
        done = end
    return np.concatenate([*parts, samples[done:]])


def since_pause(
    samples: FloatSamples, *, pause_ms: float = 300.0, least_ms: float = 800.0
) -> FloatSamples:
    """Return the sound after the last silence of ``pause_ms`` that leaves ``least_ms``."""
    for begin, end in reversed(pauses_in(samples)):
        left_ms = 1000 * (len(samples) - end) / SAMPLE_RATE_HZ
        if 1000 * (end - begin) / SAMPLE_RATE_HZ >= pause_ms and left_ms >= least_ms:
            return samples[end:]
    return samples
