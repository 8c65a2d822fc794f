"""What the trees see: neighbours and words in their places."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.features import Features, SpokenText
from inference.engines.scorers.tree_rows import mean_and_least, phone_rows, word_rows


def spoken() -> tuple[Features, SpokenText]:
    """Two words of two phonemes and one."""
    rng = np.random.default_rng(3)
    phones = rng.normal(size=(3, 20)).astype(np.float32)
    said = SpokenText(
        classes=np.asarray([4, 7, 4]),
        stress=np.asarray([1, 0, 1]),
        word=np.asarray([0, 0, 1]),
        spans=np.asarray([[0, 2], [2, 7], [9, 10]]),
    )
    gop = np.asarray([-1.0, -3.0, -0.5], np.float32)
    utterance = np.asarray([0.1, 0.2], np.float32)
    expected = np.asarray([[1.0, -0.2], [1.0, -3.0]], np.float32)
    timbre = np.zeros(4, np.float32)
    features = Features(phones, utterance, timbre, gop, gop, phones, expected)
    return features, said


def test_a_phoneme_sees_its_neighbours_and_its_word() -> None:
    """Nothing before the first and behind the last."""
    features, said = spoken()
    rows = phone_rows(features, said)

    assert rows[:, :20] == pytest.approx(features.phones)
    assert rows[1, 20:26] == pytest.approx(features.phones[0, :6])
    assert rows[0, 20:26] == pytest.approx(0.0)
    assert rows[1, 26:32] == pytest.approx(features.phones[2, :6])
    assert rows[2, 26:32] == pytest.approx(0.0)
    assert rows[:2, 32:34] == pytest.approx(np.asarray([[-2.0, -3.0]] * 2))
    assert rows[:, -1] == pytest.approx([4, 7, 4])


def test_a_word_sees_its_phonemes() -> None:
    """Their marks, GOP and lengths, the decoder's view, and its place in the sentence."""
    features, said = spoken()
    rows = word_rows(features, said, np.asarray([2.0, 1.0, 0.5], np.float32))

    assert rows[:, :2] == pytest.approx(np.asarray([[1.5, 1.0], [0.5, 0.5]]))
    assert rows[:, 6] == pytest.approx([2, 1])
    assert rows[:, 7:9] == pytest.approx(features.expected)
    assert rows[:, 9:12] == pytest.approx(np.asarray([[3.5, 2, 5], [1, 1, 1]]))
    assert rows[:, -2:] == pytest.approx(np.asarray([[0, 1], [1, 0]]))


def test_mean_and_least_of_each_word() -> None:
    """Words follow each other."""
    mean, least = mean_and_least(
        np.asarray([1.0, 3.0, 5.0], np.float32), np.asarray([0, 0, 1])
    )
    assert mean == pytest.approx([2.0, 5.0])
    assert least == pytest.approx([1.0, 5.0])
