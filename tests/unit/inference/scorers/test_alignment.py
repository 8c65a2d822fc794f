"""Forced alignment finds words, pauses and the pronunciation that was said."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.alignment import align, word_graph

SILENCE = 5


def posteriors(*classes: int, sure: float = 0.9) -> np.ndarray:
    """Log-probabilities of frames that are each surely one class."""
    shares = np.full((len(classes), SILENCE + 1), (1 - sure) / SILENCE)
    shares[np.arange(len(classes)), classes] = sure
    return np.asarray(np.log(shares), dtype=np.float32)


def test_phonemes_get_their_frames() -> None:
    """Two words, a pause between them and silence around."""
    frames = posteriors(5, 5, 0, 0, 1, 5, 5, 2, 2, 2, 5)
    found = align(frames, word_graph([[[0, 1]], [[2]]], silence=SILENCE))

    assert found is not None
    assert [s.tolist() for s in found.spans] == [[[2, 4], [4, 5]], [[7, 10]]]


def test_a_text_may_begin_and_end_without_silence() -> None:
    """Speech cut at both ends."""
    found = align(posteriors(0, 0, 1, 1), word_graph([[[0, 1]]], silence=SILENCE))

    assert found is not None
    assert [s.tolist() for s in found.spans] == [[[0, 2], [2, 4]]]


def test_the_pronunciation_that_was_said_is_taken() -> None:
    """Of two ways to say the second word, the sound decides."""
    graph = word_graph([[[0]], [[1, 2], [3, 4]], [[0]]], silence=SILENCE)

    first = align(posteriors(0, 0, 1, 2, 2, 0, 0), graph)
    second = align(posteriors(0, 0, 3, 4, 4, 0, 0), graph)

    assert first is not None
    assert second is not None
    assert (first.variants[1], second.variants[1]) == (0, 1)


def test_pronunciations_of_different_length_share_the_frames() -> None:
    """A shorter weak form wins when only it fits."""
    graph = word_graph([[[0, 1, 2], [0, 2]], [[3]]], silence=SILENCE)
    found = align(posteriors(0, 0, 2, 2, 3, 3), graph)

    assert found is not None
    assert found.variants == (1, 0)
    assert found.spans[0].tolist() == [[0, 2], [2, 4]]


def test_the_same_sound_twice_keeps_two_phonemes() -> None:
    """ "this seat": /s/ ends one word and begins the next."""
    found = align(
        posteriors(0, 1, 1, 1, 1, 2), word_graph([[[0, 1]], [[1, 2]]], silence=SILENCE)
    )

    assert found is not None
    lengths = [int(b - a) for s in found.spans for a, b in s]
    assert sum(lengths) == 6
    assert min(lengths) >= 1


def test_a_clip_too_short_for_its_text_is_not_aligned() -> None:
    """Three phonemes do not fit into two frames."""
    graph = word_graph([[[0, 1, 2]]], silence=SILENCE)

    assert align(posteriors(0, 1), graph) is None


def test_a_word_without_pronunciation_is_refused() -> None:
    """The caller has to say what an unknown word sounds like."""
    with pytest.raises(ValueError, match="Word 1"):
        word_graph([[[0]], []], silence=SILENCE)
