"""Rate, pauses and pitch range from where a CTC model placed the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from inference.phonetics.inventory import is_vowel
from inference.types.assessment import SpeechMeasures
from inference.types.audio import FloatSamples

from .ctc_prompt import Said
from .measures import measure


def measured(
    samples: FloatSamples,
    said: Sequence[Said],
    frame_ms: float,
    heard_words: Iterable[str],
) -> SpeechMeasures | None:
    """Measure what was said of a text; None if nothing was."""
    spans = [(span.first, span.end) for one in said for span in one.spans]
    words = [one.word.index for one in said for _ in one.spans]
    vowels = sum(
        is_vowel(phoneme)
        for one in said
        if one.reading is not None and one.spans
        for phoneme in one.reading.variant.phonemes
    )
    return measure(
        samples,
        np.asarray(spans, np.int64).reshape(-1, 2),
        np.asarray(words, np.int64),
        vowels,
        frame_ms,
        heard_words,
    )
