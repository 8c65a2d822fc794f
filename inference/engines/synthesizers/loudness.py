"""An even level for speech that comes clause by clause."""

from __future__ import annotations

import numpy as np

from inference.types.audio import FloatSamples

TARGET_LEVEL_DB = -20.0
_MOST_GAIN_DB = 12.0
_FRAME_S = 0.02
# Frames this far below the loudest are pauses: they say nothing of the level.
_PAUSE_DB = 30.0
_KNEE = 0.8
_FADE_S = 0.004


def speech_level_db(samples: FloatSamples, rate_hz: int) -> float:
    """Return the level of the voiced part in dB of full scale."""
    width = max(1, int(rate_hz * _FRAME_S))
    n_frames = max(1, samples.size // width)
    framed = np.resize(samples, n_frames * width).reshape(n_frames, width)
    power = np.mean(np.square(framed, dtype=np.float64), axis=1)
    loud = power[power >= power.max() * 10.0 ** (-_PAUSE_DB / 10.0)]
    return float(10.0 * np.log10(max(float(loud.mean()), 1e-12)))


def gain_db(level_db: float) -> float:
    """Return what brings speech of a level to the target."""
    return min(TARGET_LEVEL_DB - level_db, _MOST_GAIN_DB)


def amplified(samples: FloatSamples, gains_db: FloatSamples | float) -> FloatSamples:
    """Return louder samples, each by its gain or all by one; peaks are bent, never cut off."""
    factors = np.power(10.0, np.asarray(gains_db) / 20.0).astype(np.float32)
    louder = samples * factors
    over = np.abs(louder) - _KNEE
    bent = _KNEE + (1.0 - _KNEE) * np.tanh(np.maximum(over, 0.0) / (1.0 - _KNEE))
    return np.where(over > 0, np.sign(louder) * bent, louder).astype(np.float32)


def level(
    samples: FloatSamples, rate_hz: int, *, like: FloatSamples | None = None
) -> FloatSamples:
    """Bring a clause to the target level.

    ``like`` is what the level is measured on, where ``samples`` are a part of it. The
    level of the voiced part is what is matched. Matching the peak, as Piper itself does,
    makes a clause with one hard plosive quieter than its neighbours.
    """
    if not samples.size:
        return samples
    measured = speech_level_db(samples if like is None else like, rate_hz)
    return amplified(samples, gain_db(measured))


def fade(
    samples: FloatSamples, rate_hz: int, *, begins: bool = True, ends: bool = True
) -> FloatSamples:
    """Return a copy that starts and stops at zero, so that joins do not click.

    One that does not begin, or not end, is left as it is there: it joins its neighbour.
    """
    faded = samples.copy()
    width = min(int(rate_hz * _FADE_S), samples.size // 2)
    if width:
        ramp = np.linspace(0.0, 1.0, width, dtype=np.float32)
        if begins:
            faded[:width] *= ramp
        if ends:
            faded[-width:] *= ramp[::-1]
    return faded
