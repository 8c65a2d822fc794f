"""The tutor's own voice in the microphone, told from the learner's."""

from __future__ import annotations

import numpy as np
import pytest

from inference.types.audio import AudioClip, FloatSamples
from sessions.turns.echo import (
    EARLY_MS,
    ECHO_SHARE,
    LATE_MS,
    RATE_HZ,
    WINDOW_MS,
    explained_share,
    voice_between,
)

WINDOW = int(WINDOW_MS * RATE_HZ / 1000)
LATE = int(LATE_MS * RATE_HZ / 1000)
EARLY = int(EARLY_MS * RATE_HZ / 1000)


def speech(seed: int, seconds: float = 3.0, pitch_hz: float = 110) -> FloatSamples:
    """Return syllables of changing pitch and vowels, with hisses between them."""
    chance = np.random.default_rng(seed)
    parts: list[np.ndarray] = []
    while sum(map(len, parts)) < seconds * RATE_HZ:
        count = int(chance.uniform(0.09, 0.22) * RATE_HZ)
        first, last = chance.uniform(0.8, 1.3, 2)
        pitch = pitch_hz * np.linspace(first, last, count)
        phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
        formants = chance.uniform((300, 900, 2200), (800, 2000, 3200))
        vowel = np.zeros(count)
        for n in range(1, int(3600 / pitch_hz)):
            near = np.exp(-(((n * pitch_hz - formants) / 150) ** 2)).sum()
            vowel += (0.02 + near) * np.sin(n * phase + chance.uniform(0, 6))
        hiss = 0.3 * chance.standard_normal(int(chance.uniform(0.02, 0.08) * RATE_HZ))
        parts += [vowel * np.hanning(count), hiss * np.hanning(len(hiss))]
    whole = np.concatenate(parts)[: int(seconds * RATE_HZ)]
    return np.asarray(0.1 * whole / np.sqrt(np.mean(whole**2)), np.float32)


def room(seed: int, decay_s: float = 0.06) -> FloatSamples:
    """Return the impulse response of a loudspeaker and a room, 80 ms late."""
    chance = np.random.default_rng(seed)
    t = np.arange(int(0.3 * RATE_HZ)) / RATE_HZ
    tail = 0.035 * chance.standard_normal(len(t)) * np.exp(-t / decay_s) * (t > 0.002)
    tail[0] = 1.0
    return np.concatenate([np.zeros(int(0.08 * RATE_HZ)), tail]).astype(np.float32)


def echo_of(voice: FloatSamples, seed: int, db: float = -20) -> FloatSamples:
    """Return what a microphone in a room hears of a voice, with a little noise."""
    heard = np.convolve(voice, room(seed))[: len(voice)]
    noise = np.random.default_rng(seed).standard_normal(len(voice))
    return (10 ** (db / 20) * heard + 0.0003 * noise).astype(np.float32)


def share(
    microphone: FloatSamples, voice: FloatSamples, at: int, off: int = 0
) -> float:
    """Return how much of the microphone's latest window is explained at a sample.

    The place of the listener is believed to be ``off`` samples later than it is.
    """
    heard = microphone[at - WINDOW : at]
    return explained_share(heard, voice[at + off - WINDOW - LATE : at + off + EARLY])


PLACES = [RATE_HZ * tenth // 10 for tenth in range(12, 26, 2)]


@pytest.mark.parametrize("seed", range(4))
def test_the_tutors_voice_in_a_room_is_an_echo(seed: int) -> None:
    voice = speech(seed)
    microphone = echo_of(voice, seed)

    for off in (-RATE_HZ // 10, 0, RATE_HZ // 4):
        shares = [share(microphone, voice, at, off) for at in PLACES]
        assert min(shares) > ECHO_SHARE


@pytest.mark.parametrize("seed", range(4))
def test_a_learner_is_none(seed: int) -> None:
    voice = speech(seed)
    learner = speech(100 + seed, pitch_hz=190)

    assert max(share(learner, voice, at) for at in PLACES) < ECHO_SHARE


@pytest.mark.parametrize("seed", range(4))
def test_who_speaks_over_the_echo_is_heard_at_once(seed: int) -> None:
    voice = speech(seed)
    learner = speech(100 + seed, pitch_hz=190)
    begins = PLACES[0]
    learner[:begins] = 0
    both = echo_of(voice, seed) + learner

    after_80_ms = begins + RATE_HZ * 80 // 1000
    assert share(both, voice, after_80_ms) < ECHO_SHARE


def test_where_nothing_was_played_nothing_is_explained() -> None:
    silence = np.zeros(3 * RATE_HZ, np.float32)
    learner = speech(1)

    assert share(learner, silence, PLACES[0]) == 0
    assert share(silence, learner, PLACES[0]) == 0
    assert explained_share(learner[:WINDOW], np.zeros(0, np.float32)) == 0


def test_a_stretch_of_a_reply_is_cut_out_of_its_clips() -> None:
    clips = [
        AudioClip(np.full(RATE_HZ, level, "<i2").tobytes(), RATE_HZ)
        for level in (8192, 16384)
    ]

    around = voice_between(clips, 900, 1100)
    assert np.allclose(around, np.repeat([0.25, 0.5], RATE_HZ // 10))
    beyond = voice_between(clips, 1900, 2100)
    assert np.allclose(beyond, np.repeat([0.5, 0], RATE_HZ // 10))
    assert np.allclose(voice_between(clips, -100, 0), 0)
    resampled = voice_between([AudioClip(bytes(2 * 22_050), 22_050)], 0, 500)
    assert len(resampled) == RATE_HZ // 2
