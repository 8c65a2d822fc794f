"""A part of a head while it is being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .source import Floats, Ints

Deform = Callable[[Floats], Floats]
HEAD = (0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Draft:
    """Points ``(n, 3)`` with all that is drawn of them.

    ``uv`` runs from the upper left. ``follows`` ``(n, 5)`` are the shares of the joints.
    ``deform`` turns offsets of the base mesh ``(19158, 3)`` into offsets of ``points``;
    without it nothing in the face moves this part. ``normals`` are only set where the
    shape's own would look wrong.
    """

    name: str
    points: Floats
    uv: Floats
    triangles: Ints
    material: str
    follows: Floats
    tint: Floats
    deform: Deform | None = None
    normals: Floats | None = None

    @property
    def lit(self) -> Floats:
        """Return the normals that light sees ``(n, 3)``, made once."""
        if self.normals is None:
            self.normals = normals_of(self.points, self.triangles)
        return self.normals

    def offsets(self, base: Floats) -> Floats:
        """Return offsets ``(n, 3)`` for offsets of the base mesh."""
        return self.deform(base) if self.deform else np.zeros_like(self.points)


def rigid(
    name: str, points: Floats, uv: Floats, triangles: Ints, material: str
) -> Draft:
    """Return a part that only follows the head."""
    n = len(points)
    follows = np.tile(np.asarray(HEAD), (n, 1))
    return Draft(name, points, uv, triangles, material, follows, np.ones((n, 3)))


def joined(name: str, drafts: list[Draft]) -> Draft:
    """Return the parts as one; all must have the same material."""
    starts = np.cumsum([0, *(len(d.points) for d in drafts)])

    def deform(offsets: Floats) -> Floats:
        return np.concatenate([d.offsets(offsets) for d in drafts])

    moving = any(d.deform for d in drafts)
    own = all(d.normals is not None for d in drafts)
    return Draft(
        name,
        np.concatenate([d.points for d in drafts]),
        np.concatenate([d.uv for d in drafts]),
        np.concatenate(
            [d.triangles + s for d, s in zip(drafts, starts[:-1], strict=True)]
        ),
        drafts[0].material,
        np.concatenate([d.follows for d in drafts]),
        np.concatenate([d.tint for d in drafts]),
        deform if moving else None,
        np.concatenate([d.normals for d in drafts if d.normals is not None])
        if own
        else None,
    )


def only(draft: Draft, triangles: Ints) -> Draft:
    """Return the draft with some of its triangles, and no more points than they need."""
    used, local = np.unique(triangles, return_inverse=True)
    return Draft(
        draft.name, draft.points[used], draft.uv[used], local.reshape(-1, 3),
        draft.material, draft.follows[used], draft.tint[used],
        lambda base: draft.offsets(base)[used], draft.lit[used],
    )  # fmt: skip


def normals_of(points: Floats, triangles: Ints, same: Ints | None = None) -> Floats:
    """Return unit normals ``(n, 3)``; ``same`` numbers points that share one."""
    shared = same_places(points) if same is None else same
    a, b, c = (points[triangles[:, k]] for k in range(3))
    flat = np.cross(b - a, c - a)
    corners = shared[triangles]
    total = np.stack(
        [
            sum(
                np.bincount(corners[:, k], flat[:, axis], len(points)) for k in range(3)
            )
            for axis in range(3)
        ],
        axis=1,
    )
    size = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray((total / np.maximum(size, 1e-20))[shared])


def same_places(points: Floats) -> Ints:
    """Return ``(n,)`` numbers, equal for points in the same place."""
    _, back = np.unique(points.round(7), axis=0, return_inverse=True)
    return np.asarray(back.reshape(-1))


def grid_triangles(rows: int, columns: int, *, closed: bool = False) -> Ints:
    """Return triangles over a grid of points, row by row; ``closed`` joins the ends."""
    i, j = np.mgrid[: rows - 1, : columns if closed else columns - 1]
    a = i * columns + j
    b = i * columns + (j + 1) % columns
    quads = np.stack([a, b, b + columns, a + columns], axis=-1).reshape(-1, 4)
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def smoothstep(low: float, high: float, x: npt.ArrayLike) -> Floats:
    """Return 0 below ``low``, 1 above ``high``, and a soft step between."""
    t = np.clip((np.asarray(x, np.float64) - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))
