"""Sounds that are no speech to the tutor: noise, voices of others, keys, coughs.

All are made from a seed, so that every run hears the same; levels are RMS in [0, 1].
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inference.types.audio import FloatSamples

from .speakers import RATE_HZ


def rms(samples: FloatSamples) -> float:
    """Return the level of samples."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) or 1e-9


def at_level(samples: FloatSamples, level: float) -> FloatSamples:
    """Return samples made so loud."""
    return samples * np.float32(level / rms(samples))


def pink(count: int, seed: int) -> FloatSamples:
    """Return noise whose power falls by 3 dB an octave, as of fans and streets."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    spectrum /= np.sqrt(np.maximum(hertz, 20.0))
    return at_level(np.fft.irfft(spectrum, count).astype(np.float32), 0.1)


def babble(count: int, seed: int, lines: Sequence[FloatSamples]) -> FloatSamples:
    """Return six people talking at once, out of lines that others said."""
    rng = np.random.default_rng(seed)
    mixed = np.zeros(count, np.float32)
    for _ in range(6):
        talk = np.concatenate([lines[i] for i in rng.permutation(len(lines))])
        talk = np.roll(at_level(talk, 0.1), int(rng.integers(len(talk))))
        mixed += np.resize(talk, count)
    return at_level(mixed, 0.1)


def keyboard(count: int, seed: int) -> FloatSamples:
    """Return somebody typing: six keys a second, each pressed and let go."""
    rng = np.random.default_rng(seed)
    typed = np.zeros(count, np.float32)
    at = 0.05
    while (start := int(at * RATE_HZ)) < count - RATE_HZ // 5:
        for delay, loud in ((0.0, 1.0), (rng.uniform(0.06, 0.1), 0.5)):
            click = rng.standard_normal(RATE_HZ // 100)
            click = np.diff(click, prepend=0.0) * np.exp(-np.arange(len(click)) / 25)
            begin = start + int(delay * RATE_HZ)
            typed[begin : begin + len(click)] += (loud * click).astype(np.float32)
        at += rng.exponential(0.1) + 0.07
    return typed / np.float32(np.abs(typed).max() / 0.25)


def cough(seed: int) -> FloatSamples:
    """Return two coughs: a burst of air, its noisy tail, a short voiced end."""
    rng = np.random.default_rng(seed)
    return np.concatenate(
        [_one_cough(rng), np.zeros(RATE_HZ // 6, np.float32), 0.7 * _one_cough(rng)]
    ).astype(np.float32)


def _one_cough(rng: np.random.Generator) -> FloatSamples:
    count = int(rng.uniform(0.28, 0.38) * RATE_HZ)
    t = np.arange(count) / RATE_HZ
    burst = np.exp(-((t - 0.02) ** 2) / 0.0006)
    tail = 0.35 * np.exp(-t / 0.09)
    end = 0.25 * np.exp(-((t - 0.8 * t[-1]) ** 2) / 0.0012)
    spectrum = np.fft.rfft(rng.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    # The throat and the mouth let two bands through.
    for centre, width in ((700.0, 500.0), (2200.0, 1200.0)):
        hertz_gain = np.exp(-(((hertz - centre) / width) ** 2))
        spectrum = spectrum * (1 + 3 * hertz_gain)
    air = np.fft.irfft(spectrum, count)
    air /= np.abs(air).max()
    fold = np.sign(np.sin(2 * np.pi * rng.uniform(140, 190) * t)) * 0.5
    sound = air * (burst + tail) + (0.5 * air + fold) * end
    return at_level(sound.astype(np.float32), 0.1)
