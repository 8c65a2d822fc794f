"""Readings with planted mistakes: the text is changed, the sound is not.

In each reading some well spoken phones of the text (one in twelve) are exchanged for a
plausible substitute. What was said is then wrong, and the experts' mark for it is known
without asking them: 0. It teaches the heads that clear evidence counts, however fluent
the rest: learners' own mistakes come with slow, hesitant speech.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inference.engines.scorers.alignment import Float32, align, word_graph
from inference.engines.scorers.features import SpokenText
from inference.phonetics.confusions import SUBSTITUTES
from training.corpus import Reading

from .phone_data import SILENCE, Ints, classes_of, stress_of, words_of

_WELL_SPOKEN = 1.8
# Of the phones of an utterance, at least one.
_SHARE = 0.08


def planted_text(
    reading: Reading, posteriors: Float32, rng: np.random.Generator
) -> tuple[SpokenText, Float32] | None:
    """Return the changed text laid over the sound, and the phones' marks.

    ``None`` if no phone can be exchanged or the clip is too short.
    """
    classes = classes_of(reading)
    marks = np.asarray(reading.phone_accuracy, dtype=np.float32)
    good = np.flatnonzero(marks >= _WELL_SPOKEN)
    good = np.asarray([n for n in good if SUBSTITUTES[int(classes[n])]])
    if not len(good):
        return None
    count = max(1, round(_SHARE * len(classes)))
    for place in rng.choice(good, min(count, len(good)), replace=False):
        classes[place] = rng.choice(SUBSTITUTES[int(classes[place])])
        marks[place] = 0.0
    words = words_of(reading)
    parts = np.split(classes, np.flatnonzero(np.diff(words)) + 1)
    found = align(
        posteriors, word_graph([[p.tolist()] for p in parts], silence=SILENCE)
    )
    if found is None:
        return None
    spans = np.concatenate(found.spans)
    return SpokenText(classes, stress_of(reading), words, spans), marks


def plant(
    readings: Sequence[Reading], posteriors: Sequence[Float32], seed: int
) -> tuple[list[SpokenText], list[Float32], Ints]:
    """Plant mistakes in all readings; return texts, marks and the readings' numbers."""
    rng = np.random.default_rng(seed)
    texts: list[SpokenText] = []
    marks: list[Float32] = []
    numbers: list[int] = []
    for number, (reading, scores) in enumerate(zip(readings, posteriors, strict=True)):
        changed = planted_text(reading, scores, rng)
        if changed is not None:
            texts.append(changed[0])
            marks.append(changed[1])
            numbers.append(number)
    return texts, marks, np.asarray(numbers)
