"""What else could have been said at each phoneme, with its borders left free.

For phoneme ``i`` between its neighbours, the stretch of frames of all three is split
anew for every candidate: neighbour, candidate, neighbour; and for nothing at all in
between. The best split's log-score says how well the candidate fits, without the target's
own borders deciding against it: a goodness of pronunciation that is free of segmentation,
in the sense of Cao et al. (Interspeech 2024, "A framework for phoneme-level
pronunciation assessment using CTC"), with maxima in place of sums over paths.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .alignment import Float32, Ints

# A neighbour longer than this (160 ms) tells nothing more about the border.
NEIGHBOUR_FRAMES = 8


def local_scores(
    log_probabilities: Float32, classes: Ints, spans: Ints, *, silence: int
) -> Float32:
    """Return log-scores of shape ``(n_phonemes, n_classes + 1)``.

    Column ``c`` is for class ``c`` in the phoneme's place, the last one for no phoneme.
    ``classes`` and ``spans`` are of all phonemes of the text, in order; ``spans[:, 0]``
    is the first frame, ``spans[:, 1]`` the frame after the last.
    """
    n_frames, n_classes = log_probabilities.shape
    sums = np.zeros((n_frames + 1, n_classes), dtype=np.float32)
    np.cumsum(log_probabilities, axis=0, out=sums[1:])
    scores = np.empty((len(classes), n_classes + 1), dtype=np.float32)
    for i in range(len(classes)):
        left, start = _before(i, classes, spans, silence)
        right, end = _after(i, classes, spans, silence, n_frames)
        scores[i] = _candidates(sums[start : end + 1] - sums[start], left, right)
    return scores


def inserted_scores(
    log_probabilities: Float32, classes: Ints, spans: Ints, at: int
) -> Float32:
    """Return the gain in log-score of each class put behind phoneme ``at``.

    Shape ``(n_classes,)``; silence is the last class. The stretch is the phoneme, what
    follows up to the next one, and the next one.
    """
    silence = log_probabilities.shape[1] - 1
    right, end = _after(at, classes, spans, silence, len(log_probabilities))
    stretch = log_probabilities[int(spans[at, 0]) : end]
    sums = np.zeros((len(stretch) + 1, silence + 1), dtype=np.float32)
    np.cumsum(stretch, axis=0, out=sums[1:])
    scores = _candidates(sums, int(classes[at]), right)
    gains: Float32 = scores[:-1] - scores[-1]
    return gains


def _candidates(sums: Float32, left: int, right: int) -> npt.NDArray[np.float32]:
    """Best split for each candidate between two fixed neighbours (prefix sums in)."""
    if len(sums) < 2:
        return np.zeros(sums.shape[1] + 1, dtype=np.float32)
    left_ends = np.maximum.accumulate(sums[:, left, None] - sums, axis=0)
    right_begins = sums[1:] - sums[1:, right, None] + left_ends[:-1]
    with_candidate = right_begins.max(axis=0) + sums[-1, right]
    without = (sums[:, left] - sums[:, right]).max() + sums[-1, right]
    return np.append(with_candidate, without)


def _before(i: int, classes: Ints, spans: Ints, silence: int) -> tuple[int, int]:
    start = int(spans[i, 0])
    earliest = max(0, start - NEIGHBOUR_FRAMES)
    if i and spans[i - 1, 1] == start:
        return int(classes[i - 1]), max(int(spans[i - 1, 0]), earliest)
    return silence, max(int(spans[i - 1, 1]) if i else 0, earliest)


def _after(
    i: int, classes: Ints, spans: Ints, silence: int, n_frames: int
) -> tuple[int, int]:
    end = int(spans[i, 1])
    latest = min(n_frames, end + NEIGHBOUR_FRAMES)
    if i + 1 < len(classes) and spans[i + 1, 0] == end:
        return int(classes[i + 1]), min(int(spans[i + 1, 1]), latest)
    return silence, min(
        int(spans[i + 1, 0]) if i + 1 < len(classes) else n_frames, latest
    )
