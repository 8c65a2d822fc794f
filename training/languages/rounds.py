"""From first labels to good ones: train, align, train again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from inference.engines.scorers.alignment import WordGraph

from .graphs import Ints, best_labels
from .network import Statistics, train

Log = Callable[[str], None]
_ROUNDS = 6
_EPOCHS = 3
_PRIOR_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Lesson:
    """One utterance to learn from.

    ``quiet`` marks frames that are surely silent; ``timed`` says that the labels come
    from the voice itself and not from a guess.
    """

    frames: npt.NDArray[np.float16]
    graph: WordGraph
    quiet: npt.NDArray[np.bool_]
    labels: Ints
    timed: bool


def aligned(
    lessons: Sequence[Lesson],
    statistics: Statistics,
    phonemes: tuple[str, ...],
    log: Log,
) -> list[Lesson]:
    """Return the lessons with better labels, by rounds of Viterbi.

    The first round learns from timed lessons alone, if there are any: they tie phones to
    moments, which rounds by themselves may shift. Few hidden units at first, so that bad
    labels are not learnt by heart.
    """
    current = list(lessons)
    for round_ in range(_ROUNDS):
        sure = [one for one in current if one.timed] if round_ == 0 else []
        learnt = sure or current
        model = train(
            [one.frames for one in learnt],
            [one.labels for one in learnt],
            statistics,
            phonemes,
            epochs=_EPOCHS,
            seed=round_,
            hidden=48 if round_ < _ROUNDS // 2 else 128,
        )
        labels = np.concatenate([one.labels for one in current])
        counts = np.bincount(labels, minlength=len(phonemes) + 1)
        prior = _PRIOR_WEIGHT * np.log(counts / counts.sum() + 1e-4).astype(np.float32)
        current = [
            replace(
                one,
                labels=best_labels(
                    model.log_posteriors(one.frames.astype(np.float32)) - prior,
                    one.graph,
                    one.quiet,
                    one.labels,
                ),
            )
            for one in current
        ]
        changed = np.concatenate([one.labels for one in current]) != labels
        log(f"alignment round {round_ + 1}: {changed.mean():.1%} of labels changed")
    return current
