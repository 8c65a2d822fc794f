"""Isotonic calibration on predictions for speakers that the model never heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

from inference.engines.scorers.head import ASPECTS, RawMarks
from training.corpus import Reading

from .figures import WRONG_BELOW

Floats = npt.NDArray[np.float64]
# A curve of so few points still lies within 0.01 of the full one.
_KNOTS = 48
_FEWEST_FLAGS = 30
_BAD_WORD = 5.0
_THRESHOLDS = np.linspace(0.02, 0.98, 97)
_CLASS_SIZE = 30
_CLASSES = 2000
_UNLUCKY = 0.2
_SEED = 762


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising, piecewise linear map: ``x`` raw scores, ``y`` what they are worth."""

    x: Floats
    y: Floats

    def __call__(self, raw: Floats) -> Floats:
        """Map raw scores; beyond the ends the curve is flat."""
        return np.interp(raw, self.x, self.y)

    def stored(self) -> npt.NDArray[np.float32]:
        """Return the curve as ``(2, n)``."""
        return np.stack([self.x, self.y]).astype(np.float32)


def isotonic(raw: Floats, truth: Floats) -> Curve:
    """Fit the rising curve nearest to the truth (Zadrozny and Elkan 2002)."""
    fitted = IsotonicRegression(out_of_bounds="clip").fit(raw, truth)
    x, y = fitted.X_thresholds_, fitted.y_thresholds_
    if len(x) > _KNOTS:
        keep = np.unique(
            np.interp(np.linspace(y[0], y[-1], _KNOTS // 2), y, np.arange(len(y)))
            .round()
            .astype(int)
        )
        spread = np.linspace(0, len(x) - 1, _KNOTS // 2).round().astype(int)
        keep = np.unique(np.concatenate([keep, spread]))
        x, y = x[keep], y[keep]
    return Curve(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))


def curves_of(
    readings: Sequence[Reading], outputs: Sequence[RawMarks]
) -> dict[str, Curve]:
    """Return the curves of phones, words and utterances, by the names they are stored by."""
    phones, rated = _phones(readings, outputs)
    words = np.concatenate([o.words[:, 0] for o in outputs]).astype(np.float64)
    marks = np.asarray([w.accuracy for r in readings for w in r.words], np.float64)
    whole = np.stack([o.utterance for o in outputs]).astype(np.float64)
    aspects = np.asarray(
        [(r.accuracy, r.fluency, r.prosodic, r.total) for r in readings], np.float64
    )
    return {
        "phone": isotonic(phones, rated),
        "wrong": isotonic(-phones, (rated < WRONG_BELOW).astype(np.float64)),
        "word": isotonic(words, marks),
        "word_wrong": isotonic(-words, (marks < _BAD_WORD).astype(np.float64)),
        **{
            name: isotonic(whole[:, n], aspects[:, n]) for n, name in enumerate(ASPECTS)
        },
    }


def wrong_probability(
    readings: Sequence[Reading],
    outputs: Sequence[RawMarks],
    folds: npt.NDArray[np.int64],
) -> Floats:
    """Return each phone's probability of being wrong, by a curve of the other folds."""
    phones, rated = _phones(readings, outputs)
    of_phones = np.repeat(folds, [len(r.phones) for r in readings])
    return cross_fitted(-phones, (rated < WRONG_BELOW).astype(np.float64), of_phones)


def _phones(
    readings: Sequence[Reading], outputs: Sequence[RawMarks]
) -> tuple[Floats, Floats]:
    marks = np.concatenate([o.phones for o in outputs]).astype(np.float64)
    rated = np.concatenate([r.phone_accuracy for r in readings]).astype(np.float64)
    return marks, rated


def operating_point(
    probability: Floats,
    wrong: npt.NDArray[np.bool_],
    speakers: npt.NDArray[np.generic],
    precision: float,
) -> float:
    """Return the lowest threshold whose flags are so precise in most classes.

    Learners differ more than phonemes do, so whole speakers are drawn: classes of 30, of
    which four in five shall see the precision. If no threshold does that, the one with
    the best precision in four of five classes is taken. ``speakers`` has one name a
    phoneme.
    """
    names, who = np.unique(speakers, return_inverse=True)
    flagged = np.zeros((len(names), len(_THRESHOLDS)))
    right = np.zeros_like(flagged)
    for column, threshold in enumerate(_THRESHOLDS):
        flag = probability >= threshold
        flagged[:, column] = np.bincount(who, flag, len(names))
        right[:, column] = np.bincount(who, flag & wrong, len(names))
    rng = np.random.default_rng(_SEED)
    shares = np.full(len(names), 1 / len(names))
    classes = rng.multinomial(_CLASS_SIZE, shares, size=_CLASSES)
    seen = (classes @ right) / np.maximum(classes @ flagged, 1)
    most = np.quantile(seen, _UNLUCKY, axis=0)
    enough = most[flagged.sum(axis=0) >= _FEWEST_FLAGS]
    fit = np.flatnonzero(enough >= precision)
    return float(_THRESHOLDS[fit[0] if len(fit) else int(enough.argmax())])


def cross_fitted(raw: Floats, truth: Floats, folds: npt.NDArray[np.int64]) -> Floats:
    """Return each prediction mapped by a curve fitted without its own fold."""
    mapped = np.empty_like(raw, dtype=np.float64)
    for fold in np.unique(folds):
        held = folds == fold
        mapped[held] = isotonic(raw[~held], truth[~held])(raw[held])
    return mapped
