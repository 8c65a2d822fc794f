"""Training the voice print: linear discriminants between the corpus's speakers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

Floats = npt.NDArray[np.float32]
DIMENSIONS = 16
_SHRINKAGE = 0.1
_REFERENCE_CLIPS = 3
_GENUINE_REFUSED = 0.01


def projection(statistics: Floats, speakers: Sequence[str]) -> tuple[Floats, Floats]:
    """Return offset ``(61,)`` and weights ``(61, 16)`` fitted on all clips given."""
    fitted = LinearDiscriminantAnalysis(
        solver="eigen", shrinkage=_SHRINKAGE, n_components=DIMENSIONS
    ).fit(statistics, np.asarray(speakers))
    weights = fitted.scalings_[:, :DIMENSIONS].astype(np.float32)
    return statistics.mean(axis=0), weights


def verification(
    statistics: Floats, speakers: Sequence[str], folds: npt.NDArray[np.int64]
) -> dict[str, float]:
    """Return figures on speakers held back, and the threshold they suggest.

    A clip is compared with the mean of three clips of one speaker. The threshold
    refuses 1 % of the clips of the same speaker.
    """
    names = np.asarray(speakers)
    same: list[float] = []
    other: list[float] = []
    for fold in np.unique(folds):
        held = folds == fold
        offset, weights = projection(statistics[~held], names[~held].tolist())
        prints = (statistics[held] - offset) @ weights
        prints /= np.linalg.norm(prints, axis=1, keepdims=True)
        for speaker in np.unique(names[held]):
            own = prints[names[held] == speaker]
            reference = own[:_REFERENCE_CLIPS].mean(axis=0)
            reference /= np.linalg.norm(reference)
            same.extend(own[_REFERENCE_CLIPS:] @ reference)
            other.extend(prints[names[held] != speaker] @ reference)
    threshold = float(np.quantile(same, _GENUINE_REFUSED))
    levels = np.quantile(np.concatenate([same, other]), np.linspace(0, 1, 1001))
    misses = np.asarray([np.mean(np.asarray(same) < level) for level in levels])
    alarms = np.asarray([np.mean(np.asarray(other) >= level) for level in levels])
    return {
        "voice_equal_error": float(np.min(np.maximum(misses, alarms))),
        "voice_threshold": threshold,
        "voice_others_refused": float(np.mean(np.asarray(other) < threshold)),
    }
