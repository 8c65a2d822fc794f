"""What a phone model hears, on posteriors made for the purpose."""

from __future__ import annotations

import numpy as np

from training.languages.listening import classes, listen

SILENCE = 4


def heard_frames(*sounds: int) -> np.ndarray:
    """Log-probabilities of frames that are each surely one class."""
    shares = np.full((len(sounds), SILENCE + 1), 0.025)
    shares[np.arange(len(sounds)), sounds] = 0.9
    return np.asarray(np.log(shares), dtype=np.float32)


def test_the_right_words_have_all_the_evidence() -> None:
    """Nothing beats what was said."""
    heard = listen(heard_frames(4, 0, 0, 1, 1, 2, 2, 4), [[0, 1], [2]])

    assert heard is not None
    assert heard.evidence.tolist() == [0.0, 0.0]
    assert (heard.gop > 0).all()


def test_a_wrong_sound_is_found_in_its_place() -> None:
    """Class 3 was said in place of 1."""
    heard = listen(heard_frames(4, 0, 0, 3, 3, 2, 2, 4), [[0, 1], [2]])

    assert heard is not None
    assert int(heard.gop.argmin()) == 1
    assert heard.gop[1] < 0
    assert heard.evidence[0] < heard.evidence[1]


def test_too_many_words_for_the_sound() -> None:
    """Nothing is made up where the text cannot fit."""
    assert listen(heard_frames(0, 1), [[0, 1, 2], [3]]) is None


def test_classes_follow_the_words() -> None:
    """One number a phoneme."""
    assert classes([("a", "tʃ"), ("o",)], {"a": 0, "o": 1, "tʃ": 2}) == [[0, 2], [1]]
