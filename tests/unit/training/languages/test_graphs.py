"""Labels of what a synthetic voice said, before and after alignment."""

from __future__ import annotations

import numpy as np

from inference.engines.scorers.alignment import word_graph
from training.languages.graphs import (
    best_labels,
    first_labels,
    labels_from,
    quiet_frames,
)
from training.languages.utterances import Utterance

FRAME = 320
SILENCE = 3


def utterance(
    *loud: bool, borders: tuple[tuple[float, float], ...] | None = None
) -> Utterance:
    """Sound of whole frames that are loud or silent."""
    samples = np.repeat(np.where(loud, 0.5, 0.0), FRAME).astype(np.float32)
    return Utterance("text", "voice", samples, borders=borders)


def test_known_times_become_labels() -> None:
    """A frame belongs to the phoneme in its middle; outside there is silence."""
    labels = labels_from([(0.02, 0.05), (0.05, 0.08)], [0, 2], 5, SILENCE)

    assert labels.tolist() == [SILENCE, 0, 2, 2, SILENCE]


def test_without_times_sounding_frames_are_shared_out() -> None:
    """Silence at the edges gets no phoneme."""
    graph = word_graph([[[0, 1]], [[2]]], silence=SILENCE)
    said = utterance(False, True, True, True, True, True, True, False, False)

    assert first_labels(said, graph, 9).tolist() == [3, 0, 0, 1, 1, 2, 2, 3, 3]


def test_the_usual_form_is_the_first_guess() -> None:
    """Of two forms of a word the first one counts."""
    graph = word_graph([[[0, 1], [2]]], silence=SILENCE)

    assert first_labels(utterance(True, True), graph, 2).tolist() == [0, 1]


def test_times_that_a_voice_told_are_taken() -> None:
    """No sharing out where borders are known."""
    graph = word_graph([[[0, 1]]], silence=SILENCE)
    said = utterance(True, True, True, True, borders=((0.0, 0.06), (0.06, 0.08)))

    assert first_labels(said, graph, 4).tolist() == [0, 0, 0, 1]


def test_a_closed_mouth_is_no_pause() -> None:
    """Edges are quiet at once, the inside only when longer than any closure."""
    short = utterance(False, True, *[False] * 9, True, False)
    long = utterance(False, True, *[False] * 10, True, False)

    assert np.flatnonzero(quiet_frames(short, 13)).tolist() == [0, 12]
    assert np.flatnonzero(quiet_frames(long, 14)).tolist() == [0, *range(2, 12), 13]


def test_a_last_sound_does_not_reach_into_silence() -> None:
    """The model likes the phoneme there, but nothing sounds."""
    graph = word_graph([[[0]]], silence=SILENCE)
    scores = np.full((5, SILENCE + 1), -5.0, dtype=np.float32)
    scores[:, 0] = 0.0
    quiet = np.asarray([False, False, False, True, True])
    before = np.zeros(5, dtype=np.int64)

    labels = best_labels(scores, graph, quiet, before)

    assert labels.tolist() == [0, 0, 0, SILENCE, SILENCE]


def test_too_short_a_clip_keeps_its_labels() -> None:
    """Three phonemes do not fit in two frames."""
    graph = word_graph([[[0, 1, 2]]], silence=SILENCE)
    scores = np.zeros((2, SILENCE + 1), dtype=np.float32)
    old = np.asarray([1, 1])

    labels = best_labels(scores, graph, np.zeros(2, dtype=np.bool_), old)

    assert labels.tolist() == [1, 1]
