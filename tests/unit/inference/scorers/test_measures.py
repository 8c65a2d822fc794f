"""Rates, pauses and fillers of one utterance."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.measures import measure

SILENCE = np.zeros(64_000, np.float32)
# Three words of two phonemes; 300 ms between the first two, 100 ms between the others.
SPANS = np.asarray([[10, 15], [15, 25], [40, 50], [50, 60], [65, 70], [70, 110]])
WORDS = np.asarray([0, 0, 1, 1, 2, 2])


def test_rates_count_syllables_with_and_without_pauses() -> None:
    """Two seconds in all, 0.3 of them silent."""
    found = measure(SILENCE, SPANS, WORDS, 4, 20.0)

    assert found is not None
    assert found.speech_rate == pytest.approx(2.0)
    assert found.articulation_rate == pytest.approx(4 / 1.7)
    assert found.pause_share == pytest.approx(0.15)


def test_only_breaks_that_are_heard_are_pauses() -> None:
    """300 ms is one, 100 ms is none; nor is silence around the utterance."""
    found = measure(SILENCE, SPANS, WORDS, 4, 20.0)

    assert found is not None
    assert [(p.start_ms, p.end_ms) for p in found.pauses] == [(500.0, 800.0)]


def test_fillers_are_counted_in_what_was_heard() -> None:
    """With their punctuation and in any case."""
    heard = ["Um,", "I", "uh", "see", "Erm..."]
    found = measure(SILENCE, SPANS, WORDS, 4, 20.0, heard)

    assert found is not None
    assert found.fillers == 3


def test_without_voice_there_is_no_pitch_range() -> None:
    """Silence has no pitch to speak of."""
    found = measure(SILENCE, SPANS, WORDS, 4, 20.0)

    assert found is not None
    assert found.pitch_range_semitones is None


def test_nothing_said_is_not_measured() -> None:
    """No phoneme, no measures."""
    empty = np.zeros((0, 2), dtype=np.int64)

    assert measure(SILENCE, empty, np.zeros(0, dtype=np.int64), 0, 20.0) is None
