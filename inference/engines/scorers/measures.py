"""Rate, pauses, fillers and pitch range: measured, not judged, in every language."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from inference.types.assessment import Pause, SpeechMeasures
from inference.types.audio import FloatSamples

from .alignment import Ints
from .pitch import semitones

# A break of 200 ms and more is heard as a pause (Goldman-Eisler 1968 took 250 ms).
_PAUSE_MS = 200.0
_FEWEST_VOICED = 10
_FILLERS = frozenset(
    [
        "um",
        "uh",
        "er",
        "erm",
        "hm",
        "hmm",
        "mm",
        "uhm",
        "eh",
        "ehm",
        "em",
        "este",
        "euh",
        "heu",
        "äh",
        "ähm",
        "öh",
    ]
)


def measure(
    samples: FloatSamples,
    spans: Ints,
    word: Ints,
    vowels: int,
    frame_ms: float,
    heard_words: Iterable[str] = (),
) -> SpeechMeasures | None:
    """Measure one utterance; ``None`` if nothing of it was said.

    ``spans`` and ``word`` have one entry a phoneme in order: its frames (first, after
    the last) and its word. ``vowels`` is the number of syllables. ``heard_words`` are
    the recogniser's, where fillers are counted.
    """
    if not len(spans):
        return None
    length_s = (spans[-1, 1] - spans[0, 0]) * frame_ms / 1000.0
    pauses = tuple(
        Pause(float(start * frame_ms), float(end * frame_ms))
        for start, end, here, after in zip(
            spans[:-1, 1], spans[1:, 0], word[:-1], word[1:], strict=True
        )
        if after != here and (end - start) * frame_ms >= _PAUSE_MS
    )
    paused_s = sum(p.end_ms - p.start_ms for p in pauses) / 1000.0
    begin, end = (int(f * frame_ms * 16) for f in (spans[0, 0], spans[-1, 1]))
    pitch = semitones(samples[begin:end])
    low, high = np.quantile(pitch, [0.1, 0.9]) if len(pitch) else (0.0, 0.0)
    return SpeechMeasures(
        speech_rate=float(vowels / length_s),
        articulation_rate=float(vowels / max(length_s - paused_s, 0.02)),
        pauses=pauses,
        pause_share=float(paused_s / length_s),
        fillers=sum(w.strip(".,!?…").lower() in _FILLERS for w in heard_words),
        pitch_range_semitones=float(high - low)
        if len(pitch) >= _FEWEST_VOICED
        else None,
    )
