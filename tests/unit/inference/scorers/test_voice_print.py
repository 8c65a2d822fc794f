"""Telling one speaker from another, with made-up voices."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.speaker import hear_voice
from inference.engines.scorers.stored import Scorer
from inference.engines.scorers.voice_print import VoiceProjection, compared, mean_print

RATE_HZ = 16_000


@pytest.fixture(scope="module")
def projection() -> VoiceProjection:
    """The trained one."""
    return Scorer.load().voice


def voice(
    hertz: float, resonance_hz: float, seconds: float, seed: int = 0
) -> np.ndarray:
    """A buzz through one resonance, swelling like syllables."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    wobble = hertz * (1 + 0.02 * np.sin(2 * np.pi * 3 * t + rng.uniform(0, 6)))
    phase = 2 * np.pi * np.cumsum(wobble) / RATE_HZ
    wave = np.zeros_like(t)
    for k in range(1, int(4000 / hertz)):
        wave += np.sin(k * phase) / (1 + ((k * hertz - resonance_hz) / 400) ** 2)
    swell = 0.3 + 0.7 * np.abs(np.sin(2 * np.pi * 2 * t))
    return (0.05 * wave * swell + rng.normal(0, 1e-4, t.size)).astype(np.float32)


def frames(samples: np.ndarray) -> np.ndarray:
    """All of a clip's 20 ms frames are speech."""
    return np.ones(samples.size // 320, dtype=bool)


def test_a_voice_is_like_itself(projection: VoiceProjection) -> None:
    """Two clips of one voice; the print is as long as it is said to be."""
    one, other = (voice(120, 700, 3, seed=s) for s in (0, 1))
    first = hear_voice(projection, one, frames(one)).vector
    second = hear_voice(projection, other, frames(other)).vector

    assert first is not None
    assert second is not None
    assert projection.same(first, tuple(second.tolist()))
    assert np.linalg.norm(first[:-1]) == pytest.approx(1.0, abs=1e-3)


def test_a_much_higher_voice_is_another(projection: VoiceProjection) -> None:
    """A man and a child."""
    man, child = voice(110, 600, 3), voice(280, 1100, 3)
    known = hear_voice(projection, man, frames(man)).vector

    assert known is not None
    heard = hear_voice(projection, child, frames(child))
    assert heard.is_not(tuple(known.tolist()), projection)


def test_a_change_in_the_middle_is_noticed(projection: VoiceProjection) -> None:
    """Half of each; one voice alone does not change."""
    man, child = voice(110, 600, 2), voice(280, 1100, 2)
    both = np.concatenate([man, child])

    assert hear_voice(projection, both, frames(both)).changes
    assert not hear_voice(projection, man, frames(man)).changes


def test_a_word_is_too_short_to_know_a_voice(projection: VoiceProjection) -> None:
    """Half a second says nothing, so nobody is refused."""
    short = voice(110, 600, 0.5)
    heard = hear_voice(projection, short, frames(short))

    assert heard.vector is None
    assert not heard.changes


def test_prints_of_another_version_are_not_compared(
    projection: VoiceProjection,
) -> None:
    """A print of other length says nothing."""
    clip = voice(110, 600, 3)
    vector = hear_voice(projection, clip, frames(clip)).vector

    assert vector is not None
    assert projection.same(vector, (1.0, 0.0))


def test_prints_are_compared_by_angle_and_pitch() -> None:
    """The mean lies between its two."""
    one = np.asarray([1.0, 0.0, 2.0], np.float32)
    other = np.asarray([0.0, 1.0, 6.0], np.float32)

    likeness, apart = compared(one, other)
    assert likeness == pytest.approx(0.0)
    assert apart == pytest.approx(4.0)
    middle = mean_print(one, other)
    assert compared(one, middle)[0] == pytest.approx(np.sqrt(0.5), abs=1e-4)
    assert middle[-1] == pytest.approx(4.0)
