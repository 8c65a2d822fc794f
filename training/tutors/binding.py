"""Lets cards follow the skin they lie on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .skin_mesh import Skin
from .source import Floats, Ints


def bind(
    points: Floats, skin: Skin, among: Ints, *, nearest: int = 4
) -> Callable[[Floats], Floats]:
    """Return a map from offsets of the base mesh to offsets of ``points`` ``(n, 3)``.

    Each point takes the weighted offsets of the nearest skin points; ``among`` lists
    those that may be used.
    """
    candidates = skin.draft.points[among]
    rows = np.empty((len(points), nearest), np.int64)
    shares = np.empty((len(points), nearest))
    for i, point in enumerate(points):
        away = np.linalg.norm(candidates - point, axis=1)
        best = np.argpartition(away, nearest)[:nearest]
        rows[i] = among[best]
        shares[i] = 1 / (away[best] + 1e-4) ** 2
    shares /= shares.sum(axis=1, keepdims=True)

    def follow(base: Floats) -> Floats:
        moved = skin.offsets(base)
        return np.asarray((moved[rows] * shares[..., None]).sum(axis=1))

    return follow


def nearest_points(points: Floats, skin: Skin, among: Ints) -> Ints:
    """Return the skin point closest to each of ``points``."""
    candidates = skin.draft.points[among]
    return np.asarray(
        [among[np.linalg.norm(candidates - p, axis=1).argmin()] for p in points]
    )
