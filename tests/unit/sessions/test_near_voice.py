"""Voices in the background are silence; a learner's own voice never is."""

from __future__ import annotations

import numpy as np
import pytest

from inference.types.audio import FloatSamples
from sessions.turns.near_voice import NearVoiceStream
from tests.fakes.engines import LoudnessStream

RATE = 16_000
WINDOW = LoudnessStream.window_samples


def syllables(
    seconds: float, *, db: float = 0.0, gaps_db: float = -60.0, seed: int = 0
) -> FloatSamples:
    """Return somebody speaking: five syllables a second, with gaps between them."""
    count = int(seconds * RATE)
    t = np.arange(count) / RATE
    noise = np.random.default_rng(seed).standard_normal(count)
    shape = np.where((5 * t) % 1 < 0.7, 1.0, 10 ** (gaps_db / 20))
    return np.asarray(0.1 * 10 ** (db / 20) * noise * shape, np.float32)


def background(seconds: float, db: float, seed: int = 1) -> FloatSamples:
    """Return many who speak at once: a level that hardly moves."""
    count = int(seconds * RATE)
    noise = np.random.default_rng(seed).standard_normal(count)
    moving = 1 + 0.3 * np.sin(2 * np.pi * 3 * np.arange(count) / RATE)
    return np.asarray(0.08 * 10 ** (db / 20) * noise * moving, np.float32)


def voiced(samples: FloatSamples) -> list[bool]:
    """Return of each window whether it counts as voice; all of it is, to the detector."""
    stream = NearVoiceStream(LoudnessStream())
    windows = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    return [stream.probability(window) > 0.5 for window in windows]


def voiced_in(samples: FloatSamples, begin_s: float, end_s: float) -> float:
    found = voiced(samples)
    per_s = RATE / WINDOW
    part = found[int(begin_s * per_s) : int(end_s * per_s)]
    return sum(part) / len(part)


@pytest.mark.parametrize("snr_db", [20.0, 10.0, 6.0])
def test_the_turn_of_a_learner_in_a_loud_class_ends(snr_db: float) -> None:
    learner = np.pad(syllables(3.0), (RATE // 2, 5 * RATE))
    heard = learner + background(8.5, -snr_db)
    # The learner is done after 3.5 s; what is left is the class.
    assert voiced_in(heard, 5.0, 8.0) < 0.05


def test_a_learner_who_goes_on_is_heard_again() -> None:
    gap = np.zeros(2 * RATE, np.float32)
    learner = np.concatenate([syllables(3.0), gap, syllables(3.0, seed=2)])
    heard = learner + background(8.0, -10)
    assert voiced_in(heard, 4.0, 5.0) < 0.05
    assert voiced_in(heard, 5.3, 7.8) > 0.6


@pytest.mark.parametrize("falls_db", [0.0, 10.0, 20.0])
def test_in_a_quiet_room_only_the_detector_decides(falls_db: float) -> None:
    """Sentences fall, some speak softly; nothing is taken for background there."""
    sound = syllables(6.0)
    falling = sound * 10 ** (-falls_db * np.linspace(0, 1, len(sound)) / 20)
    stream = LoudnessStream()
    quiet = np.asarray(falling, np.float32)
    windows = quiet[: len(quiet) // WINDOW * WINDOW].reshape(-1, WINDOW)
    plain = [stream.probability(window) > 0.5 for window in windows]
    assert voiced(quiet) == plain


def test_background_alone_begins_nothing_after_a_learner_spoke() -> None:
    learner = np.pad(syllables(3.0), (RATE // 2, 4 * RATE))
    windows = (learner + background(7.5, -10))[: 7 * RATE // WINDOW * WINDOW]
    stream = NearVoiceStream(LoudnessStream())
    found = []
    for at, window in enumerate(windows.reshape(-1, WINDOW)):
        if at * WINDOW == int(5.0 * RATE) // WINDOW * WINDOW:
            stream.reset()
        found.append(stream.probability(window) > 0.5)
    assert not any(found[int(5.1 * RATE / WINDOW) :])
