"""Boosted regression trees, evaluated without the library that grew them.

Friedman (2001), "Greedy function approximation: a gradient boosting machine": many small
trees whose values add up. They see single numbers where the heads see the whole sentence,
err elsewhere, and so the mean of both is better than either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .alignment import Float32

Ints16 = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """All arrays but ``baseline`` have shape ``(n_trees, n_nodes)``; node 0 is the root.

    A row goes to ``left`` where its ``feature`` is at most the ``threshold``, else to
    ``right``. A leaf leads to itself and holds its ``value``.
    """

    baseline: float
    depth: int
    feature: Ints16
    threshold: Float32
    left: Ints16
    right: Ints16
    value: Float32

    def predict(self, rows: Float32) -> Float32:
        """Return one number for each of the rows ``(n_rows, n_features)``."""
        trees = np.arange(len(self.value))
        nodes = np.zeros((len(rows), len(trees)), dtype=np.int16)
        places = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            asked = rows[places, self.feature[trees, nodes]]
            low = asked <= self.threshold[trees, nodes]
            nodes = np.where(low, self.left[trees, nodes], self.right[trees, nodes])
        found: Float32 = (self.value[trees, nodes].sum(axis=1) + self.baseline).astype(
            np.float32
        )
        return found

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what ``from_arrays`` reads."""
        return {
            "baseline": np.asarray(self.baseline, dtype=np.float32),
            "depth": np.asarray(self.depth),
            **{name: getattr(self, name) for name in _TABLES},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> BoostedTrees:
        """Make trees of stored arrays. Raises KeyError if one is missing."""
        tables: dict[str, Any] = {name: arrays[name] for name in _TABLES}
        return cls(float(arrays["baseline"]), int(arrays["depth"]), **tables)


_TABLES = ("feature", "threshold", "left", "right", "value")
