"""What each picture hears, against the definition in plain loops."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.engines.avatars.musetalk.architecture import RATE_HZ
from inference.engines.avatars.musetalk.speech_track import SpeechTrack
from inference.engines.avatars.musetalk.windows import positions, window
from inference.types.audio import AudioClip
from inference.types.face import picture_numbers
from tests.fakes.musetalk import SummingNetwork


def speech(n_samples: int, seed: int = 0) -> AudioClip:
    noise = np.random.default_rng(seed).normal(0, 0.1, n_samples)
    return AudioClip.from_float32(noise.astype(np.float32), RATE_HZ)


def reference(features: np.ndarray, picture: int) -> np.ndarray:
    """Zeros for two pictures before, the sound, zeros behind; ten rows for a picture."""
    layers, width = features.shape[1:]
    padded = [np.zeros((layers, width))] * 4 + list(features)
    padded += [np.zeros((layers, width))] * 12
    rows = [
        padded[2 * picture + i][layer] for i in range(10) for layer in range(layers)
    ]
    return np.stack(rows)


@pytest.mark.parametrize("n", [1, 2, 9, 10, 11, 50])
def test_a_window_is_two_pictures_each_way_and_zeros_outside(n: int) -> None:
    features = np.arange(n * 5 * 3, dtype=np.float32).reshape(n, 5, 3) + 1
    for picture in range(math.ceil(n / 2)):
        found = window(features, 0, picture)
        assert found.shape == (50, 3)
        np.testing.assert_array_equal(found, reference(features, picture))


def test_a_window_is_the_same_wherever_the_stretch_begins() -> None:
    features = np.random.default_rng(1).normal(size=(60, 5, 4)).astype(np.float32)
    for origin in (0, 2, 10):
        for picture in range(8, 20):
            np.testing.assert_array_equal(
                window(features[origin:], origin, picture), window(features, 0, picture)
            )


def test_positions_are_sines_and_cosines() -> None:
    found = positions(50, 384)
    for at, column in [(0, 0), (7, 0), (7, 1), (49, 382), (49, 383), (13, 100)]:
        angle = at / 10_000 ** ((column - column % 2) / 384)
        expected = math.cos(angle) if column % 2 else math.sin(angle)
        assert found[at, column] == pytest.approx(expected, abs=1e-4)
    with pytest.raises(ValueError, match="odd"):
        positions(3, 5)


def heard(clips: list[AudioClip], step: int) -> dict[int, np.ndarray]:
    """Return the window of each picture of clauses that follow each other."""
    network, track = SummingNetwork(), SpeechTrack("1", stretch_pictures=step)
    start_ms, found = 0.0, {}
    for clip in clips:
        for stretch in track.add(clip, start_ms):
            features = network.features(stretch.samples)
            for number in stretch.numbers:
                assert number not in found
                found[number] = window(features, stretch.origin, number)
        start_ms += clip.duration_ms
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40_000), st.integers(1, 70), st.integers(0, 1000))
def test_sound_in_stretches_is_heard_as_in_one(n: int, step: int, seed: int) -> None:
    clip = speech(n, seed)
    whole = SummingNetwork().features(clip.as_float32())
    found = heard([clip], step)
    assert list(found) == list(range(math.ceil(n / 640)))
    for number, each in found.items():
        np.testing.assert_allclose(
            each, window(whole, 0, number), atol=1e-6, err_msg=str(number)
        )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=4), st.integers(5, 40))
def test_clauses_share_one_grid_and_hear_what_came_before(
    sizes: list[int], step: int
) -> None:
    sound = speech(sum(sizes)).as_float32()
    edges = np.cumsum([0, *sizes])
    clips = [AudioClip.from_float32(sound[a:b], RATE_HZ) for a, b in pairwise(edges)]
    found = heard(clips, step)
    assert list(found) == list(range(math.ceil(sum(sizes) / 640)))
    whole = SummingNetwork().features(sound)
    for begin, end in pairwise(edges):
        for number in picture_numbers(begin / 16, (end - begin) / 16):
            # What follows a clause is not known when it is shown: at most the last two
            # features of its own and four behind them differ.
            known = min(max((end // 320 - 1) - (2 * number - 4), 0), 10) * 2
            np.testing.assert_allclose(
                found[number][:known], window(whole, 0, number)[:known], atol=2e-4
            )


def test_a_stretch_is_bounded_on_both_sides() -> None:
    track = SpeechTrack("1", stretch_pictures=50)
    sizes = [len(s.samples) for s in track.add(speech(20 * RATE_HZ), 0.0)]
    assert len(sizes) == 10
    assert max(sizes) <= (25 + 50 + 5) * 640
    # The next clause hears a second of this one, and no more is kept.
    (stretch,) = track.add(speech(640), 20_000.0)
    assert len(stretch.samples) == 25 * 640 + 640


def test_a_gap_between_clauses_is_silence() -> None:
    track = SpeechTrack("1")
    list(track.add(speech(640), 0.0))
    (near,) = track.add(speech(640), 400.0)
    assert np.flatnonzero(near.samples)[0] < 640
    assert not near.samples[640 : 10 * 640].any()
    (far,) = track.add(speech(640), 60_000.0)
    assert not far.samples[: 25 * 640].any()
    assert far.numbers == range(1500, 1501)


def test_the_last_picture_is_kept() -> None:
    (stretch,) = SpeechTrack("1").add(speech(640 * 7 + 1), 0.0)
    assert stretch.numbers == range(8)
    features = SummingNetwork().features(stretch.samples)
    # Its own 20 ms have sound.
    assert window(features, stretch.origin, 7)[8:10].any()


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 48_000])
@pytest.mark.parametrize("ms", [1, 39, 40, 41, 999, 1000, 1001, 7345])
def test_every_duration_has_its_pictures(rate_hz: int, ms: int) -> None:
    n = round(rate_hz * ms / 1000)
    clip = AudioClip(bytes(2 * n), rate_hz)
    numbers = [k for s in SpeechTrack("1").add(clip, 0.0) for k in s.numbers]
    assert numbers == list(range(math.ceil(round(clip.duration_ms / 40, 6))))


def test_a_stretch_longer_than_the_encoder_hears_is_refused() -> None:
    with pytest.raises(ValueError, match="stretch"):
        SpeechTrack("1", stretch_pictures=721)
