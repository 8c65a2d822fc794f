"""Sounds in which nobody reads the text: silence, noise, other voices, music."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples

RATE_HZ = 16_000
SECONDS = 4.0
SEED = 762
VOICES = 6
# From a quiet room to a loud one, against full scale.
LEVELS_DB = (-50.0, -40.0, -30.0, -20.0)
# Midi numbers: chords of a song, and a tune above them.
CHORDS = ((48, 55, 64), (45, 52, 60), (41, 48, 57), (43, 50, 59))
SCALE = (60, 62, 64, 65, 67, 69, 71, 72)

Samples = npt.NDArray[np.float64]


def sounds(speech: Sequence[FloatSamples], count: int) -> dict[str, list[FloatSamples]]:
    """Return ``count`` clips of each kind; ``speech`` is what babble is made of."""
    rng = np.random.default_rng(SEED)
    size = int(SECONDS * RATE_HZ)
    made: dict[str, list[FloatSamples]] = {"silence": [], "white": [], "pink": []}
    made |= {"babble": [], "music": []}
    for number in range(count):
        level_db = LEVELS_DB[number % len(LEVELS_DB)]
        kinds = {
            "silence": np.zeros(size),
            "white": _at(rng.normal(size=size), level_db),
            "pink": _at(_pink(rng, size), level_db),
            "babble": _at(_babble(rng, speech, size), level_db),
            "music": _at(_music(rng, size), level_db),
        }
        for kind, samples in kinds.items():
            made[kind].append(np.clip(samples, -1, 1).astype(np.float32))
    return made


def _at(samples: Samples, level_db: float) -> Samples:
    level = np.sqrt(np.mean(samples**2))
    return samples * (10 ** (level_db / 20) / max(float(level), 1e-9))


def _pink(rng: np.random.Generator, size: int) -> Samples:
    """Noise with the same power in each octave, as rooms and streets have it."""
    spectrum = np.fft.rfft(rng.normal(size=size))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), 1))
    return np.fft.irfft(spectrum, size)


def _babble(
    rng: np.random.Generator, speech: Sequence[FloatSamples], size: int
) -> Samples:
    """Several voices at once, backwards: speech-like, but without one word."""
    mixed = np.zeros(size)
    for index in rng.integers(len(speech), size=VOICES):
        voice = np.asarray(speech[index], np.float64)[::-1]
        mixed += np.roll(np.resize(voice, size), int(rng.integers(size)))
    return mixed


def _music(rng: np.random.Generator, size: int) -> Samples:
    """Chords that change each second below a tune of eight notes a bar."""
    mixed = np.zeros(size)
    transpose = int(rng.integers(-5, 6))
    for second in range(int(SECONDS)):
        for midi in CHORDS[second % len(CHORDS)]:
            _add(mixed, midi + transpose, second, 1.0, 0.5)
    for eighth in range(int(SECONDS * 4)):
        midi = SCALE[int(rng.integers(len(SCALE)))]
        _add(mixed, midi + transpose, eighth / 4, 0.25, 1.0)
    return mixed


def _add(
    mixed: Samples, midi: int, start_s: float, seconds: float, loudness: float
) -> None:
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    hz = 440 * 2 ** ((midi - 69) / 12)
    overtones = sum(np.sin(2 * np.pi * hz * k * t) / k**1.5 for k in (1, 2, 3, 4, 5))
    first = int(start_s * RATE_HZ)
    mixed[first : first + t.size] += loudness * overtones * np.exp(-3 * t / seconds)
