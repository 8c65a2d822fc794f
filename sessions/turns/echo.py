"""Whether the microphone hears the tutor: its own voice, back from the loudspeaker.

A browser's echo canceller takes most of it away, not all, and none where it is off. What is
left is the voice that was played, some time ago, through a room: a short filter of it. So the
check looks for the delay at which the reference fits best, fits the filter by least squares
and says how much of what was heard it explains. Someone who speaks, also over the echo, is
not explained.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import soxr

from inference.types.audio import AudioClip, FloatSamples

# Speech has little above that says more than the rest; half the samples are a quarter the work.
RATE_HZ = 8_000
# What is looked at of the microphone, before now.
WINDOW_MS = 224.0
# How far the place of the listener may be off, and how late its echo comes.
EARLY_MS = 200.0
LATE_MS = 700.0
# The room: how much before and after the best delay belongs to the filter.
_TAPS = 64
_TAPS_BEFORE = 12
# Explained by more than this is echo; speech hardly ever is, by chance.
ECHO_SHARE = 0.45
# Power that is there all the time may be a vowel; of a room it is no more than this.
_NOISE = 1e-6
_BLOCK = RATE_HZ * 16 // 1000
_MOST_NOISE = 0.5
# Much softer than a voice that was played: nothing to explain by.
_SILENT = 1e-4
_RIDGE = 1e-2


def explained_share(heard: FloatSamples, voice: FloatSamples) -> float:
    """Return how much of ``heard`` is an echo of ``voice``, 0 to 1.

    Both at 8 kHz. ``voice`` is what was played from ``LATE_MS`` before the beginning of
    ``heard`` to ``EARLY_MS`` after its end.
    """
    heard, voice = _whitened(heard), _whitened(voice)
    count = len(heard)
    energy = float(heard @ heard) - _noise_energy(heard)
    if len(voice) <= count or energy <= count * _SILENT**2:
        return 0.0
    lag = _best_lag(heard, voice)
    first = max(0, lag - _TAPS + _TAPS_BEFORE)
    stretch = voice[first : lag + _TAPS_BEFORE + count]
    if len(stretch) <= count:
        return 0.0
    taps = len(stretch) - count + 1
    # Row i is the voice as it would arrive by the i-th path.
    paths = np.lib.stride_tricks.sliding_window_view(stretch, count)
    loudest = float(np.max(np.einsum("ij,ij->i", paths, paths)))
    if loudest <= count * _SILENT**2:
        return 0.0
    gram = paths @ paths.T + _RIDGE * loudest * np.eye(taps, dtype=np.float32)
    cross = paths @ heard
    weights = np.linalg.solve(gram, cross)
    left = heard - weights @ paths
    unexplained = float(left @ left) - _noise_energy(heard)
    return min(1.0, max(0.0, 1.0 - unexplained / energy))


def voice_between(
    clips: Sequence[AudioClip], from_ms: float, to_ms: float
) -> FloatSamples:
    """Return a stretch of a reply at 8 kHz; silence where there is none of it."""
    if not clips:
        return np.zeros(0, np.float32)
    rate_hz = clips[0].sample_rate_hz
    first, last = round(from_ms * rate_hz / 1000), round(to_ms * rate_hz / 1000)
    whole = np.zeros(max(0, last - first), np.float32)
    at = 0
    for clip in clips:
        count = len(clip.pcm) // 2
        begin, end = max(at, first), min(at + count, last)
        if begin < end:
            part = np.frombuffer(clip.pcm, "<i2")[begin - at : end - at]
            whole[begin - first : end - first] = part.astype(np.float32) / 32768
        at += count
    return to_rate(whole, rate_hz)


def to_rate(samples: FloatSamples, rate_hz: int) -> FloatSamples:
    """Return samples at 8 kHz."""
    if rate_hz == RATE_HZ or not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, rate_hz, RATE_HZ, "LQ"), np.float32)


def _whitened(samples: FloatSamples) -> FloatSamples:
    """Return the samples with the high tones raised: a hum alone would fit anything."""
    return np.diff(samples, prepend=samples[:1]).astype(np.float32)


def _noise_energy(heard: FloatSamples) -> float:
    """Return how much of the energy is there all the time: the room, not a voice."""
    blocks = heard[: len(heard) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    power = np.mean(np.square(blocks), axis=1)
    return min(_NOISE, float(np.percentile(power, 10))) * len(heard)


def _best_lag(heard: FloatSamples, voice: FloatSamples) -> int:
    """Return where in ``voice`` a stretch as long as ``heard`` is most like it."""
    count = len(heard)
    size = 1 << (len(voice) + count).bit_length()
    likeness = np.fft.irfft(
        np.fft.rfft(voice, size) * np.conj(np.fft.rfft(heard, size)), size
    )[: len(voice) - count + 1]
    power = np.concatenate(([0.0], np.cumsum(np.square(voice, dtype=np.float64))))
    energy = power[count:] - power[:-count]
    loud = energy > 0.01 * energy.max(initial=0.0)
    score = np.where(loud, np.abs(likeness) / np.sqrt(energy + 1e-9), 0.0)
    return int(np.argmax(score))
