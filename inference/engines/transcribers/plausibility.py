"""Telling words that were heard from words a recogniser makes up over noise.

Given silence, hum or music, Whisper writes what its training data often had there
("Thank you."). Neither of its own numbers tells this from soft or foreign speech alone;
the two below do together. The limits were set on learners' speech, of which none is
lost, and on silence, noise, tones, music and clicks (docs/engines.md).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import fmean

from inference.types.speech import Word

# (no-speech probability at least, mean word probability below)
_NOT_SPEECH = ((0.6, 0.6), (0.35, 0.4))
# The same for unfinished speech, which has no word probabilities: mean log-probability.
_NOT_SPEECH_YET = ((0.6, -0.4), (0.35, -1.4))
_ZERO_MS = 20.0


def was_said(words: Sequence[Word], no_speech: float) -> bool:
    """Whether words were really heard."""
    if not words:
        return False
    mean = fmean(word.confidence for word in words)
    return not any(no_speech >= n and mean < limit for n, limit in _NOT_SPEECH)


def is_being_said(mean_log_probability: float, no_speech: float) -> bool:
    """Whether the text of unfinished speech is worth showing."""
    return not any(
        no_speech >= n and mean_log_probability < limit for n, limit in _NOT_SPEECH_YET
    )


def echoes(words: Sequence[Word]) -> bool:
    """Whether neighbouring words take no time: the decoder said something twice."""
    return any(
        one.end_ms - one.start_ms < _ZERO_MS
        and other.end_ms - other.start_ms < _ZERO_MS
        for one, other in itertools.pairwise(words)
    )
