"""Pitch of made-up voices."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.pitch import semitones

RATE_HZ = 16_000


def voice(hertz: float | np.ndarray, seconds: float = 1.0) -> np.ndarray:
    """A buzz with falling harmonics."""
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(hertz, t.shape)) / RATE_HZ
    wave = np.sum([np.sin(k * phase) / k for k in range(1, 12)], axis=0)
    return np.asarray(0.1 * wave, dtype=np.float32)


@pytest.mark.parametrize("hertz", [90.0, 140.0, 220.0, 330.0])
def test_a_steady_voice_has_its_pitch(hertz: float) -> None:
    """Men, women and children; within a third of a semitone."""
    expected = 12 * np.log2(hertz / 100.0)

    assert np.median(semitones(voice(hertz))) == pytest.approx(expected, abs=0.35)


def test_a_rising_voice_has_a_range() -> None:
    """An octave up: the 10th and 90th percentile are about ten semitones apart."""
    glide = 120.0 * 2 ** np.linspace(0, 1, RATE_HZ)
    low, high = np.quantile(semitones(voice(glide)), [0.1, 0.9])

    assert high - low == pytest.approx(9.6, abs=1.0)


def test_noise_and_silence_have_no_pitch() -> None:
    """Nothing voiced is found, and nothing fails."""
    noise = np.random.default_rng(1).normal(0, 0.1, RATE_HZ).astype(np.float32)

    assert len(semitones(noise)) < 3
    assert len(semitones(np.zeros(RATE_HZ, np.float32))) == 0
    assert len(semitones(np.zeros(10, np.float32))) == 0
