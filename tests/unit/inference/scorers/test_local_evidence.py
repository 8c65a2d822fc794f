"""What else could have been said at each phoneme."""

from __future__ import annotations

import itertools

import numpy as np

from inference.engines.scorers.local_evidence import inserted_scores, local_scores

SILENCE = 4
CLASSES = np.asarray([0, 1, 2])
SPANS = np.asarray([[1, 4], [4, 7], [7, 10]])


def frames(*classes: int, seed: int = 0) -> np.ndarray:
    """Noisy log-probabilities of frames of these classes."""
    logits = np.random.default_rng(seed).normal(size=(len(classes), SILENCE + 1))
    logits[np.arange(len(classes)), classes] += 4.0
    totals = np.exp(logits).sum(axis=1, keepdims=True)
    return np.asarray(logits - np.log(totals), dtype=np.float32)


def brute_force(
    stretch: np.ndarray, left: int, middle: int | None, right: int
) -> float:
    """The best split of a stretch, by trying all."""
    n = len(stretch)
    if middle is None:
        splits = [(a, a) for a in range(n + 1)]
    else:
        splits = [(a, b) for a, b in itertools.product(range(n + 1), repeat=2) if a < b]
    best = -np.inf
    for a, b in splits:
        total = stretch[:a, left].sum() + stretch[b:, right].sum()
        if middle is not None:
            total += stretch[a:b, middle].sum()
        best = max(best, float(total))
    return best


def test_scores_are_those_of_the_best_split() -> None:
    """Every candidate and the deletion, against trying all splits."""
    sound = frames(4, 0, 0, 0, 1, 1, 1, 2, 2, 2, 4)
    scores = local_scores(sound, CLASSES, SPANS, silence=SILENCE)
    stretch = sound[1:10]

    for candidate in range(SILENCE + 1):
        expected = brute_force(stretch, 0, candidate, 2)
        np.testing.assert_allclose(scores[1, candidate], expected, rtol=1e-4)
    np.testing.assert_allclose(
        scores[1, -1], brute_force(stretch, 0, None, 2), rtol=1e-4
    )


def test_the_sound_that_was_said_scores_best() -> None:
    """Class 3 in the place of class 1."""
    sound = frames(4, 0, 0, 0, 3, 3, 3, 2, 2, 2, 4)
    scores = local_scores(sound, CLASSES, SPANS, silence=SILENCE)

    assert int(scores[1].argmax()) == 3
    assert scores[1, 3] - scores[1, 1] > 5


def test_a_dropped_sound_shows() -> None:
    """Nothing between the neighbours fits better than the target."""
    sound = frames(4, 0, 0, 0, 0, 2, 2, 2, 2, 2, 4)
    scores = local_scores(sound, CLASSES, SPANS, silence=SILENCE)

    assert scores[1, -1] > scores[1, 1]


def test_an_extra_sound_shows_where_it_was_put() -> None:
    """Class 3 stands between classes 1 and 2; nothing stands behind class 0."""
    sound = frames(4, 0, 0, 0, 1, 1, 3, 3, 2, 2, 4)

    assert int(inserted_scores(sound, CLASSES, SPANS, 1)[:SILENCE].argmax()) == 3
    assert inserted_scores(sound, CLASSES, SPANS, 1)[3] > 4
    assert inserted_scores(sound, CLASSES, SPANS, 0)[3] < 1
