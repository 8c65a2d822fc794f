"""What a phone model hears in an utterance whose phonemes are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inference.engines.scorers.alignment import align, word_graph
from inference.engines.scorers.evidence import word_evidence
from inference.engines.scorers.local_evidence import local_scores

from .graphs import Float32, Ints

Words = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Heard:
    """One text laid over one utterance.

    ``evidence`` has one number a word; ``gop`` one a phoneme: the target's log-score in
    its place minus that of the best other phoneme, borders left free.
    """

    evidence: Float32
    gop: Float32
    spans: Ints


def classes(words: Sequence[Sequence[str]], class_of: Mapping[str, int]) -> Words:
    """Return the acoustic classes of words."""
    return [[class_of[p] for p in word] for word in words]


def listen(posteriors: Float32, words: Words) -> Heard | None:
    """Lay words over an utterance; None if it is too short for them."""
    silence = posteriors.shape[1] - 1
    found = align(posteriors, word_graph([[list(w)] for w in words], silence=silence))
    if found is None:
        return None
    evidence = word_evidence(posteriors, [np.asarray(w) for w in words], found.spans)
    spans = np.concatenate(found.spans)
    flat = np.asarray([c for word in words for c in word])
    local = local_scores(posteriors, flat, spans, silence=silence)
    rows = np.arange(len(flat))
    target = local[rows, flat].copy()
    local[rows, flat] = -np.inf
    return Heard(evidence, target - local[:, :silence].max(axis=1), spans)
