"""One saying of a text laid over another: when each moment of the first is in the second.

Both are turned into spectra of 10 ms, and the cheapest way through the table of their
differences pairs them (dynamic time warping, Sakoe and Chiba 1978). So the sounds of a
voice that tells their times give those of a voice that does not.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples

Float64 = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]

HOP_S = 0.01
_WINDOW_S = 0.025
_BANDS = 24
# What both voices have: the slower of them is sampled at 16 kHz.
_LOWEST_HZ, _HIGHEST_HZ = 80.0, 7_000.0
_FLOOR = 1e-5
# How much leaving the straight pace costs, so that silence is not stretched at will.
_STEP_ASIDE = 0.35


def moments(
    model: FloatSamples, model_hz: int, sound: FloatSamples, sound_hz: int
) -> Float64:
    """Return for each frame border of ``model`` its time in ``sound``, in seconds.

    The times never run backwards; the first is 0 and the last the end of ``sound``.
    """
    one, other = spectra(model, model_hz), spectra(sound, sound_hz)
    pairs = _cheapest_way(_differences(one, other))
    borders = np.empty(len(one) + 1)
    for at in range(len(one)):
        met = pairs[pairs[:, 0] == at, 1]
        borders[at] = met[0] * HOP_S
    borders[0], borders[-1] = 0.0, sound.size / sound_hz
    return np.asarray(np.minimum(np.maximum.accumulate(borders), borders[-1]))


def spectra(samples: FloatSamples, rate_hz: int) -> Float64:
    """Return log energies of 24 bands for each 10 ms, each band with mean 0 and spread 1."""
    hop, width = round(HOP_S * rate_hz), round(_WINDOW_S * rate_hz)
    n_frames = max(1, -(-samples.size // hop))
    padded = np.pad(samples, (width // 2, n_frames * hop + width - samples.size))
    frames = np.lib.stride_tricks.sliding_window_view(padded, width)[::hop][:n_frames]
    power = np.abs(
        np.fft.rfft(frames * np.hanning(width), 512 if width < 512 else 1024)
    )
    bands = np.log(np.square(power) @ _filters(power.shape[1], rate_hz) + _FLOOR)
    spread = bands.std(axis=0)
    return np.asarray((bands - bands.mean(axis=0)) / np.maximum(spread, 1e-6))


@lru_cache(maxsize=4)
def _filters(n_bins: int, rate_hz: int) -> Float64:
    """Return triangles on the mel scale, one column a band."""
    hertz = np.linspace(0, rate_hz / 2, n_bins)
    edges = _from_mel(
        np.linspace(_to_mel(_LOWEST_HZ), _to_mel(_HIGHEST_HZ), _BANDS + 2)
    )
    rising = (hertz[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hertz[:, None]) / (edges[2:] - edges[1:-1])
    return np.asarray(np.clip(np.minimum(rising, falling), 0, None))


def _to_mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _from_mel(mel: Float64) -> Float64:
    return np.asarray(700 * (10 ** (mel / 2595) - 1))


def _differences(one: Float64, other: Float64) -> Float64:
    squares = (one**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * one @ other.T
    return np.asarray(np.sqrt(np.maximum(squares, 0) / one.shape[1]))


def open_end(
    model: FloatSamples, model_hz: int, sound: FloatSamples, sound_hz: int
) -> float:
    """Return how far into ``model`` a sound reaches that is its beginning, in seconds."""
    costs = _differences(spectra(model, model_hz), spectra(sound, sound_hz))
    total = _totals(costs)[1:, -1]
    steps = np.arange(1, len(total) + 1) + costs.shape[1]
    return float((int(np.argmin(total / steps)) + 1) * HOP_S)


def _totals(costs: Float64) -> Float64:
    """Return the cost of the cheapest way to each pair, with a border of no way."""
    n, m = costs.shape
    total = np.full((n + 1, m + 1), np.inf)
    total[0, 0] = 0.0
    # By diagonals: the cells of one depend on the two before it only.
    for diagonal in range(n + m - 1):
        i = np.arange(max(0, diagonal - m + 1), min(n, diagonal + 1))
        j = diagonal - i
        aside = np.minimum(total[i, j + 1], total[i + 1, j]) + _STEP_ASIDE
        total[i + 1, j + 1] = costs[i, j] + np.minimum(total[i, j], aside)
    return total


def _cheapest_way(costs: Float64) -> Int:
    """Return the pairs of frames from corner to corner, in order."""
    n, m = costs.shape
    total = _totals(costs)
    pairs = [(n - 1, m - 1)]
    while pairs[-1] != (0, 0):
        i, j = pairs[-1]
        steps = {
            (i - 1, j - 1): total[i, j],
            (i - 1, j): total[i, j + 1] + _STEP_ASIDE,
            (i, j - 1): total[i + 1, j] + _STEP_ASIDE,
        }
        inside = {step: cost for step, cost in steps.items() if min(step) >= 0}
        pairs.append(min(inside, key=inside.__getitem__))
    return np.array(pairs[::-1], dtype=np.int64)
