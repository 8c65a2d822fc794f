"""What was said instead of a phoneme; named only when the evidence is clear.

Candidates come from ``inference.phonetics.confusions``, never from the learner's first
language: that only chooses what to practise.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inference.phonetics.confusions import (
    SUBSTITUTES,
    may_be_dropped,
    may_be_inserted,
)
from inference.phonetics.inventory import class_phoneme
from inference.types.assessment import Diagnosis, DiagnosisKind

from .alignment import Float32
from .features import SpokenText
from .local_evidence import inserted_scores

# Log-score by which another sound must beat the target, and any other candidate.
_CLEARLY = 6.0
_BEFORE_OTHERS = 1.5
# A phoneme that was left out still gets one frame, which can say only so much.
_CLEARLY_DROPPED = 4.0
# By this another phoneme wins although nothing else speaks against the target. In free
# speech the text is a guess, so it takes more.
CLEAR_IN_READING = 10.0
CLEAR_IN_TALK = 15.0
_POOR_GOP = -3.0
# An extra sound always finds a frame or two: it takes more to be believed.
_CLEARLY_MORE = 8.0


def diagnose(
    at: int, said: SpokenText, local: Float32, log_posteriors: Float32
) -> Diagnosis | None:
    """Return what happened to phoneme ``at`` of the text, if it is clear.

    ``local`` are the log-scores of ``local_evidence`` relative to the target, shape
    ``(n_phonemes, n_classes + 1)``.
    """
    inside = np.flatnonzero(said.word == said.word[at])
    phonemes = [class_phoneme(int(c)) for c in said.classes[inside]]
    place = at - int(inside[0])
    scores = local[at]
    candidates = list(SUBSTITUTES[int(said.classes[at])])
    best = max(candidates, key=lambda c: scores[c], default=None)
    dropped = float(scores[-1]) if may_be_dropped(phonemes, place) else -np.inf
    if best is not None and scores[best] > max(_CLEARLY, dropped + _BEFORE_OTHERS):
        others = [float(scores[c]) for c in range(len(SUBSTITUTES)) if c != best]
        # Something that is no plausible mistake fits better: the frames are unclear.
        if scores[best] >= max(others) - _BEFORE_OTHERS:
            return Diagnosis(DiagnosisKind.SUBSTITUTED, class_phoneme(best))
        return None
    if dropped > _CLEARLY_DROPPED:
        return Diagnosis(DiagnosisKind.DROPPED, None)
    return _inserted(at, said, phonemes, place, log_posteriors)


def clearly_exchanged(
    said: SpokenText, gop: Float32, local: Float32, *, above: float = CLEAR_IN_READING
) -> frozenset[int]:
    """Return the phonemes in whose place another was said, beyond doubt.

    This does not ask how experts would mark it: learners of the training corpus who
    speak fluently hardly exchange phonemes, so the heads believe a fluent one. With
    every accepted pronunciation of the text in play, one in a hundred good readings has
    such a phoneme, one in four poor ones (docs/scoring.md).
    """
    found = []
    for n, target in enumerate(said.classes):
        candidates = SUBSTITUTES[int(target)]
        if gop[n] > _POOR_GOP or not candidates:
            continue
        scores = local[n]
        best = max(candidates, key=lambda c: scores[c])
        others = np.delete(scores[:-2], [best, int(target)])
        if scores[best] > max(above, float(others.max()) - _BEFORE_OTHERS):
            found.append(n)
    return frozenset(found)


def _inserted(
    at: int,
    said: SpokenText,
    phonemes: Sequence[str],
    place: int,
    log_posteriors: Float32,
) -> Diagnosis | None:
    after = phonemes[place + 1] if place + 1 < len(phonemes) else None
    candidates = may_be_inserted(phonemes[place], after)
    if not candidates:
        return None
    gains = inserted_scores(log_posteriors, said.classes, said.spans, at)
    best = max(candidates, key=lambda c: gains[c])
    if gains[best] > _CLEARLY_MORE:
        return Diagnosis(DiagnosisKind.INSERTED, class_phoneme(best))
    return None
