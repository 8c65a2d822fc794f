"""Who is near the microphone, and who talks in the background."""

from __future__ import annotations

import numpy as np

from inference.types.audio import AudioClip
from sessions.turns.levels import BACKGROUND_S, Levels, level_db


def clip(level: float, seconds: float = 1.0) -> AudioClip:
    """Return noise of a level."""
    noise = np.random.default_rng(0).standard_normal(int(16_000 * seconds))
    return AudioClip.from_float32((level * noise).astype(np.float32), 16_000)


def test_a_voice_is_far_once_the_learners_is_known() -> None:
    levels = Levels()
    assert not levels.is_far(clip(0.01))
    levels.spoke(clip(0.05))
    assert not levels.is_far(clip(0.01))
    levels.spoke(clip(0.06))
    assert levels.is_far(clip(0.01))
    assert not levels.is_far(clip(0.04))


def test_a_background_is_expected_to_go_on_as_loud_as_it_was() -> None:
    levels = Levels()
    assert not levels.is_background(clip(0.01), 0.0)
    levels.background(clip(0.01), 0.0)
    assert levels.is_background(clip(0.012), 5.0)
    assert not levels.is_background(clip(0.05), 6.0)
    assert levels.is_background(clip(0.01), 5.0 + BACKGROUND_S - 1)
    assert not levels.is_background(clip(0.01), 5.0 + 3 * BACKGROUND_S)


def test_the_level_is_that_of_the_loud_parts() -> None:
    half = np.concatenate([clip(0.1).as_float32(), np.zeros(16_000, np.float32)])
    loud, gaps = clip(0.1), AudioClip.from_float32(half, 16_000)
    assert abs(level_db(loud) - level_db(gaps)) < 2
    assert level_db(AudioClip(b"", 16_000)) < -90
