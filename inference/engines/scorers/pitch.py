"""Fundamental frequency by autocorrelation, enough for ranges and medians.

Boersma (1993), "Accurate short-term analysis of the fundamental frequency": the signal's
autocorrelation divided by the window's own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples

RATE_HZ = 16_000
_WINDOW = 640
_STEP = 320
_LOWEST_LAG = RATE_HZ // 400
_HIGHEST_LAG = RATE_HZ // 60
_VOICED_ABOVE = 0.6
# A peak this near to the highest is the period, and the highest a multiple of it.
_NEARLY = 0.9
# Frames quieter than this share of the loudest frame's power are not looked at.
_QUIET = 0.03
_REFERENCE_HZ = 100.0


def semitones(samples: FloatSamples) -> npt.NDArray[np.float32]:
    """Return the pitch of each voiced 20 ms frame, in semitones above 100 Hz.

    ``samples`` are at 16 kHz. Frames without voice are left out.
    """
    if samples.size < _WINDOW:
        return np.zeros(0, dtype=np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_STEP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    power = (frames**2).mean(axis=1)
    frames = frames[power > max(float(power.max()) * _QUIET, 1e-9)]
    if not len(frames):
        return np.zeros(0, dtype=np.float32)
    window = np.hanning(_WINDOW)
    correlation = _autocorrelation(frames * window)
    own = _autocorrelation(window[None])[0]
    correlation /= correlation[:, :1] + 1e-12
    correlation /= own / own[0] + 1e-3
    lags = _shortest_period(correlation[:, _LOWEST_LAG:_HIGHEST_LAG]) + _LOWEST_LAG
    voiced = correlation[np.arange(len(lags)), lags] > _VOICED_ABOVE
    hertz = RATE_HZ / lags[voiced]
    heights: npt.NDArray[np.float32] = (12.0 * np.log2(hertz / _REFERENCE_HZ)).astype(
        np.float32
    )
    return heights


def _shortest_period(
    correlation: npt.NDArray[np.float64],
) -> npt.NDArray[np.intp]:
    """Return the first peak that is nearly the highest: two periods fit as well as one."""
    inner = correlation[:, 1:-1]
    peaks = (inner >= correlation[:, :-2]) & (inner >= correlation[:, 2:])
    high = inner >= _NEARLY * correlation.max(axis=1, keepdims=True)
    found = peaks & high
    first: npt.NDArray[np.intp] = np.where(
        found.any(axis=1), found.argmax(axis=1) + 1, correlation.argmax(axis=1)
    )
    return first


def _autocorrelation(frames: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spectrum = np.fft.rfft(frames, 2 * _WINDOW)
    back: npt.NDArray[np.float64] = np.fft.irfft(np.abs(spectrum) ** 2)[:, :_WINDOW]
    return back
