"""Hair as cards: ribbons along strands that grow over the skull and keep off the skin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .draft import Draft, rigid
from .source import Floats, Ints

# Direction of growth for places, their outward normals and the share already grown.
Flow = Callable[[Floats, Floats, float], Floats]


@dataclass(frozen=True)
class Surface:
    """What hair keeps off: points ``(n, 3)`` with outward normals."""

    points: Floats
    normals: Floats

    def nearest(self, places: Floats) -> tuple[Floats, Floats]:
        """Return the signed distance to the nearest point, and the normal there."""
        squares = (self.points**2).sum(axis=1)
        best = np.empty(len(places), np.int64)
        for start in range(0, len(places), 256):
            some = places[start : start + 256]
            best[start : start + 256] = (squares - 2 * some @ self.points.T).argmin(
                axis=1
            )
        normals = self.normals[best]
        away = places - self.points[best]
        outside = np.sign((away * normals).sum(axis=1))
        return outside * np.linalg.norm(away, axis=1), normals


def unit(vectors: Floats) -> Floats:
    """Return vectors ``(..., 3)`` of length one."""
    size = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(size, 1e-12))


def grow(
    roots: Floats,
    normals: Floats,
    lengths: Floats,
    flow: Flow,
    surface: Surface,
    clearance: Floats,
    *,
    steps: int = 14,
    hug: float = 0.0,
) -> tuple[Floats, Floats]:
    """Return strands ``(n, steps + 1, 3)`` and the surface's normals along them.

    ``clearance`` ``(n,)`` is how far the tips keep off the surface, in metres; ``hug`` is
    the share of a step by which strands farther away come nearer.
    """
    place, normal = roots.copy(), normals.copy()
    strand, along = [place.copy()], [normal.copy()]
    step = (lengths / steps)[:, None]
    for number in range(1, steps + 1):
        share = number / steps
        place = place + step * unit(flow(place, normal, share))
        height, normal = surface.nearest(place)
        wanted = clearance * min(1.0, 2.2 * share)
        place = place + np.maximum(wanted - height, 0)[:, None] * normal
        closer = np.minimum(np.maximum(height - wanted, 0), hug * step[:, 0])
        place = place - closer[:, None] * normal
        strand.append(place.copy())
        along.append(normal.copy())
    return _eased(np.stack(strand, axis=1)), _eased(np.stack(along, axis=1))


def _eased(values: Floats) -> Floats:
    """Return ``(n, k, 3)`` smoothed along the strands, roots and tips kept."""
    for _ in range(5):
        middle = (values[:, :-2] + 2 * values[:, 1:-1] + values[:, 2:]) / 4
        values = np.concatenate([values[:, :1], middle, values[:, -1:]], axis=1)
    return values


def trimmed(strands: Floats, along: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """Cut strands ``(n, k, 3)`` where they first fall below the heights ``ends`` ``(n,)``."""
    k = strands.shape[1]
    below = strands[..., 1] < ends[:, None]
    last = np.where(below.any(axis=1), below.argmax(axis=1), k - 1)
    at = np.linspace(0, 1, k)[None, :] * np.maximum(last, 1)[:, None]
    low = np.minimum(at.astype(int), k - 2)
    part = (at - low)[..., None]
    rows = np.arange(len(strands))[:, None]
    cut = strands[rows, low] * (1 - part) + strands[rows, low + 1] * part
    return cut, along[rows, low]


def ribbons(
    name: str,
    strands: Floats,
    facing: Floats,
    normals: Floats,
    widths: Floats,
    column: Ints,
    tint: Floats,
    *,
    segments: int,
    columns: int = 4,
    taper: float = 0.35,
    narrow: float = 0.75,
) -> Draft:
    """Return cards along ``strands`` ``(n, k, 3)``, broad side to ``facing`` ``(n, k, 3)``.

    ``normals`` are what light sees, ``column`` chooses a card's lock in the texture,
    ``tint`` is ``(n, segments + 1)``: darker near the root. ``narrow`` is the root's width
    beside the widest, ``taper`` how much of it the tip has lost.
    """
    strands, facing, normals = (
        _resampled(values, segments + 1) for values in (strands, facing, normals)
    )
    n, k = strands.shape[:2]
    tangent = unit(np.gradient(strands, axis=1))
    across = unit(np.cross(facing, tangent))
    share = np.linspace(0, 1, k)
    width = widths[:, None] * (1 - taper * share**2) * np.minimum(1, narrow + 2 * share)
    left = strands - across * width[..., None] / 2
    right = strands + across * width[..., None] / 2
    # Cards bulge a little: light runs over them as over a lock, not over paper.
    tilt = 0.22 * across
    points = np.stack([left, right], axis=2).reshape(-1, 3)
    lit = unit(np.stack([normals - tilt, normals + tilt], axis=2)).reshape(-1, 3)
    edge = (column[:, None] + np.array([0.03, 0.97])[None, :]) / columns
    u = np.broadcast_to(edge[:, None, :], (n, k, 2))
    v = np.broadcast_to((0.005 + 0.99 * share)[None, :, None], (n, k, 2))
    uv = np.stack([u, v], axis=-1).reshape(-1, 2)
    start = (np.arange(n)[:, None] * k + np.arange(k - 1)[None, :]).reshape(-1) * 2
    quads = np.stack([start, start + 2, start + 3, start + 1], axis=1)
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    draft = rigid(name, points, uv, triangles, "hair")
    draft.normals = lit
    draft.tint = np.repeat(tint.reshape(-1), 2)[:, None] * np.ones(3)
    return draft


def _resampled(values: Floats, count: int) -> Floats:
    """Return ``(n, count, 3)`` at even steps of the index."""
    at = np.linspace(0, values.shape[1] - 1, count)
    low = np.minimum(at.astype(int), values.shape[1] - 2)
    part = (at - low)[None, :, None]
    return np.asarray(values[:, low] * (1 - part) + values[:, low + 1] * part)
