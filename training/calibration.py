"""Isotonic calibration on predictions for speakers that the model never heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

Floats = npt.NDArray[np.float64]
# A curve of so few points still lies within 0.01 of the full one.
_KNOTS = 48
_FEWEST_FLAGS = 30


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


def operating_point(
    probability: Floats, wrong: npt.NDArray[np.bool_], precision: float
) -> float:
    """Return the lowest threshold whose flags are right with the given precision.

    If no threshold is so precise, the most precise one with ``_FEWEST_FLAGS`` is.
    """
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    # The last of a run of equal probabilities: they are flagged together or not at all.
    ends = np.append(np.diff(probability[order]) != 0, True)
    fit = np.flatnonzero((hits >= precision) & ends)
    if not len(fit):
        fit = np.asarray([_FEWEST_FLAGS + int(hits[_FEWEST_FLAGS:].argmax())])
    return float(probability[order][fit[-1]])


def cross_fitted(raw: Floats, truth: Floats, folds: npt.NDArray[np.int64]) -> Floats:
    """Return each prediction mapped by a curve fitted without its own fold."""
    mapped = np.empty_like(raw, dtype=np.float64)
    for fold in np.unique(folds):
        held = folds == fold
        mapped[held] = isotonic(raw[~held], truth[~held])(raw[held])
    return mapped
