"""Slower or quicker speech of the same pitch, for voices that cannot do it themselves.

Overlap-add of short stretches, each taken where it fits best onto the one before it
(WSOLA, Verhelst and Roelands 1993).
"""

from __future__ import annotations

import numpy as np

from inference.types.audio import FloatSamples

_WINDOW_S = 0.04
_SEEK_S = 0.012


def stretched(samples: FloatSamples, rate_hz: int, speed: float) -> FloatSamples:
    """Return speech that takes ``1 / speed`` of its time."""
    width = 2 * int(_WINDOW_S * rate_hz / 2)
    if abs(speed - 1.0) < 0.01 or samples.size < 2 * width:
        return samples
    hop, seek = width // 2, int(_SEEK_S * rate_hz)
    n_out = int(samples.size / speed)
    source = np.pad(samples, (seek, width + 2 * seek))
    window = np.hanning(width + 1)[:width].astype(np.float32)
    made = np.zeros(n_out + 2 * width, np.float32)
    weight = np.zeros_like(made)
    expected = source[seek : seek + width]
    for at in range(0, n_out, hop):
        wanted = min(int(at * speed), samples.size - 1) + seek
        area = source[wanted - seek : wanted + seek + width]
        fits = np.correlate(area, expected, mode="valid")
        begin = wanted - seek + int(np.argmax(fits))
        made[at : at + width] += source[begin : begin + width] * window
        weight[at : at + width] += window
        following = source[begin + hop : begin + hop + width]
        expected = np.pad(following, (0, width - following.size))
    return (made / np.maximum(weight, 1e-3))[:n_out].astype(np.float32)
