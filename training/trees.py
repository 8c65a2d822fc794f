"""Growing trees with scikit-learn, and taking them out of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingRegressor

from inference.engines.scorers.trees import BoostedTrees

Floats = npt.NDArray[np.floating]
_TREES = 400
_RATE = 0.04
_LEAVES = 12
_FEWEST = 60
# Each split looks at this share of the features: trees differ, their sum forgets less.
_FEATURES = 0.3


def grow(rows: Floats, marks: Floats, *, seed: int) -> BoostedTrees:
    """Grow trees that predict the marks of the rows."""
    grown = HistGradientBoostingRegressor(
        max_iter=_TREES,
        learning_rate=_RATE,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_FEWEST,
        l2_regularization=1.0,
        max_features=_FEATURES,
        random_state=seed,
    ).fit(rows, marks)
    nodes = [tree[0].nodes for tree in grown._predictors]
    shape = (len(nodes), max(map(len, nodes)))
    itself = np.broadcast_to(np.arange(shape[1], dtype=np.int16), shape)
    tables: dict[str, npt.NDArray[Any]] = {
        "feature": np.zeros(shape, np.int16),
        "threshold": np.zeros(shape, np.float32),
        "left": itself.copy(),
        "right": itself.copy(),
        "value": np.zeros(shape, np.float32),
    }
    for number, tree in enumerate(nodes):
        inner = np.flatnonzero(tree["is_leaf"] == 0)
        leaves = np.flatnonzero(tree["is_leaf"])
        tables["feature"][number, inner] = tree["feature_idx"][inner]
        tables["threshold"][number, inner] = _not_above(tree["num_threshold"][inner])
        tables["left"][number, inner] = tree["left"][inner]
        tables["right"][number, inner] = tree["right"][inner]
        tables["value"][number, leaves] = tree["value"][leaves]
    return BoostedTrees(
        baseline=float(np.ravel(grown._baseline_prediction)[0]),
        depth=max(int(tree["depth"].max()) for tree in nodes),
        **tables,
    )


def cross_fitted(
    rows: Floats, marks: Floats, folds: npt.NDArray[np.int64], *, seed: int
) -> npt.NDArray[np.float32]:
    """Return each row's prediction by trees that saw no row of its fold."""
    found = np.empty(len(rows), dtype=np.float32)
    for fold in np.unique(folds):
        held = folds == fold
        trees = grow(rows[~held], marks[~held], seed=seed)
        found[held] = trees.predict(np.asarray(rows[held], dtype=np.float32))
    return found


def _not_above(thresholds: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Round down to single precision: what was above a threshold stays above."""
    rounded = thresholds.astype(np.float32)
    too_high = rounded.astype(np.float64) > thresholds
    rounded[too_high] = np.nextafter(rounded[too_high], np.float32(-np.inf))
    return rounded
