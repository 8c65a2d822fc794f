"""Where the gate stands: what wrong texts and wrong words look like to the frame model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from inference.engines.scorers.alignment import Float32, align, word_graph
from inference.engines.scorers.evidence import word_evidence
from training.corpus import Reading

from .phone_data import SILENCE, classes_of

_GENUINE_REFUSED = 0.01
_WORDS_REFUSED = 0.01


@dataclass(frozen=True, slots=True)
class GateFigures:
    """AUCs of telling right from wrong, and the thresholds (1 % of the right refused)."""

    swapped_prompt_auc: float
    swapped_prompt_refused: float
    swapped_word_auc: float
    swapped_word_refused: float
    prompt_threshold: float
    word_threshold: float


def gate_figures(
    readings: Sequence[Reading], posteriors: Sequence[Float32], seed: int
) -> GateFigures:
    """Measure on posteriors ``(n_frames, n_classes)`` made without these speakers."""
    rng = np.random.default_rng(seed)
    order = sorted(range(len(readings)), key=lambda i: len(readings[i].phones))
    neighbour = {i: order[(n + 7) % len(order)] for n, i in enumerate(order)}
    vocabulary = [
        (r, k) for r in range(len(readings)) for k in range(len(readings[r].words))
    ]
    right: list[float] = []
    wrong: list[float] = []
    right_words: list[float] = []
    wrong_words: list[float] = []
    for i, reading in enumerate(readings):
        words = _words(reading)
        genuine = _evidence(posteriors[i], words)
        if genuine is None:
            continue
        right.append(float(np.mean(genuine)))
        right_words.extend(genuine)
        swapped = _evidence(posteriors[i], _words(readings[neighbour[i]]))
        if swapped is not None:
            wrong.append(float(np.mean(swapped)))
        place = int(rng.integers(len(words)))
        other, which = vocabulary[int(rng.integers(len(vocabulary)))]
        stranger = _words(readings[other])[which]
        if stranger != words[place]:
            changed = [*words[:place], stranger, *words[place + 1 :]]
            one = _evidence(posteriors[i], changed)
            if one is not None:
                wrong_words.append(float(one[place]))
    prompt = float(np.quantile(right, _GENUINE_REFUSED))
    word = float(np.quantile(right_words, _WORDS_REFUSED))
    return GateFigures(
        swapped_prompt_auc=_auc(right, wrong),
        swapped_prompt_refused=float(np.mean(np.asarray(wrong) < prompt)),
        swapped_word_auc=_auc(right_words, wrong_words),
        swapped_word_refused=float(np.mean(np.asarray(wrong_words) < word)),
        prompt_threshold=prompt,
        word_threshold=word,
    )


def _words(reading: Reading) -> list[list[int]]:
    classes = iter(classes_of(reading).tolist())
    return [[next(classes) for _ in word.phones] for word in reading.words]


def _evidence(
    posteriors: Float32, words: list[list[int]]
) -> npt.NDArray[np.float32] | None:
    graph = word_graph([[word] for word in words], silence=SILENCE)
    found = align(posteriors, graph)
    if found is None:
        return None
    return word_evidence(posteriors, [np.asarray(w) for w in words], found.spans)


def _auc(right: Sequence[float], wrong: Sequence[float]) -> float:
    truth = np.concatenate([np.ones(len(right)), np.zeros(len(wrong))])
    return float(roc_auc_score(truth, np.concatenate([right, wrong])))
