"""Word times that swallowed a pause."""

from __future__ import annotations

import numpy as np

from inference.engines.transcribers.word_times import without_pauses
from inference.types.speech import Word

RATE_HZ = 16_000


def test_a_word_that_swallowed_a_pause_shrinks_to_its_sound() -> None:
    sound = np.full(RATE_HZ // 2, 0.1, np.float32)
    samples = np.concatenate([sound, np.zeros(3 * RATE_HZ, np.float32), sound])
    words = [Word("well", 0, 500, 0.9), Word("so", 500, 4000, 0.9)]
    first, second = without_pauses(words, samples, RATE_HZ)
    assert first == words[0]
    assert (second.start_ms, second.end_ms) == (3500.0, 4000.0)


def test_a_long_word_over_silence_alone_keeps_its_end() -> None:
    words = [Word("so", 0, 2000, 0.9)]
    (shrunk,) = without_pauses(words, np.zeros(3 * RATE_HZ, np.float32), RATE_HZ)
    assert (shrunk.start_ms, shrunk.end_ms) == (1800.0, 2000.0)
