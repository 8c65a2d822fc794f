"""How well each word of the text is borne out by the sound: what the gate looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .alignment import Float32, Ints
from .expectation import Expectation

# A phoneme that fits badly shall not outweigh the rest of its word.
_WORST = -8.0


@dataclass(frozen=True, slots=True)
class Joint:
    """How the sound's evidence and the decoder's count together.

    ``weight`` is what one unit of the decoder's log-probability is worth in evidence;
    ``scale`` brings the sum back to the sound's scale: a hundredth of the words that were
    said lie below the same threshold.
    """

    weight: float
    scale: float

    def __call__(self, evidence: Float32, expected: Expectation) -> Float32:
        """Return the evidence with what the decoder says, where it was asked."""
        together = (evidence + self.weight * expected.mean) * self.scale
        joined: Float32 = np.where(expected.known, together, evidence)
        return joined.astype(np.float32)


def word_evidence(
    log_posteriors: Float32, words: Sequence[Ints], spans: Sequence[Ints]
) -> npt.NDArray[np.float32]:
    """Return one number a word, at most 0; higher: the word was said.

    It is the mean over the word's phonemes of the target's mean log-posterior minus the
    best class's. ``words`` are the acoustic classes, ``spans`` the frames of each
    phoneme (first, after the last).
    """
    best = log_posteriors.max(axis=1)
    evidence = []
    for classes, places in zip(words, spans, strict=True):
        ratios = [
            float((log_posteriors[a:b, c] - best[a:b]).mean())
            for c, (a, b) in zip(classes, places, strict=True)
        ]
        evidence.append(np.mean(np.maximum(ratios, _WORST)))
    return np.asarray(evidence, dtype=np.float32)
