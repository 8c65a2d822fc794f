"""Catmull-Clark subdivision of quads, as a linear map that also refines offsets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .source import Bools, Floats, Ints


@dataclass(frozen=True)
class Refinement:
    """One step from ``n`` points to finer ones. ``quads`` ``(4m, 4)`` are the new faces."""

    quads: Ints
    _corners: Ints
    _edges: Ints
    _edge_faces: Ints
    _count: int

    @property
    def count(self) -> int:
        """Return the number of new points."""
        return self._count + len(self._edges) + len(self._corners)

    def __call__(self, values: Floats) -> Floats:
        """Refine ``(n, k)`` values by Catmull and Clark's rules (1978)."""
        faces = values[self._corners].mean(axis=1)
        ends = values[self._edges]
        middle = ends.mean(axis=1)
        inner = self._edge_faces[:, 1] >= 0
        beside = faces[self._edge_faces[inner]].mean(axis=1)
        edges = middle.copy()
        edges[inner] = (middle[inner] + beside) / 2
        return np.concatenate([self._kept(values, faces, middle, inner), edges, faces])

    def linear(self, values: Floats) -> Floats:
        """Refine ``(n, k)`` values by plain averages: for what must not move."""
        faces = values[self._corners].mean(axis=1)
        return np.concatenate([values, values[self._edges].mean(axis=1), faces])

    def _kept(
        self, values: Floats, faces: Floats, middle: Floats, inner: Bools
    ) -> Floats:
        n, width = self._count, values.shape[1]
        face_sum, face_n = np.zeros((n, width)), np.zeros(n)
        np.add.at(face_sum, self._corners.reshape(-1), np.repeat(faces, 4, axis=0))
        np.add.at(face_n, self._corners.reshape(-1), 1)
        edge_sum, edge_n = np.zeros((n, width)), np.zeros(n)
        rim_sum, rim_n = np.zeros((n, width)), np.zeros(n)
        for end in (0, 1):
            np.add.at(edge_sum, self._edges[:, end], middle)
            np.add.at(edge_n, self._edges[:, end], 1)
            np.add.at(rim_sum, self._edges[~inner, end], middle[~inner])
            np.add.at(rim_n, self._edges[~inner, end], 1)
        size = np.maximum(edge_n, 1)[:, None]
        mean_face = face_sum / np.maximum(face_n, 1)[:, None]
        kept = (mean_face + 2 * edge_sum / size + (size - 3) * values) / size
        rim = rim_n > 0
        kept[rim] = (
            rim_sum[rim] / np.maximum(rim_n[rim], 1)[:, None] + values[rim]
        ) / 2
        kept[face_n == 0] = values[face_n == 0]
        return kept


def refine(quads: Ints, count: int) -> Refinement:
    """Prepare one step for ``quads`` ``(m, 4)`` over ``count`` points."""
    sides = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2)
    edges, back = np.unique(np.sort(sides, axis=1), axis=0, return_inverse=True)
    back = back.reshape(-1)
    edge_faces = np.full((len(edges), 2), -1, np.int64)
    of_side = np.repeat(np.arange(len(quads)), 4)
    order = np.argsort(back, kind="stable")
    first = np.r_[True, back[order][1:] != back[order][:-1]]
    edge_faces[back[order][first], 0] = of_side[order][first]
    edge_faces[back[order][~first], 1] = of_side[order][~first]
    edge = back.reshape(-1, 4) + count
    centre = (np.arange(len(quads)) + count + len(edges))[:, None]
    corner = np.stack(
        [quads, edge, np.broadcast_to(centre, quads.shape), np.roll(edge, 1, axis=1)],
        axis=2,
    )
    return Refinement(corner.reshape(-1, 4), quads, edges, edge_faces, count)


def triangulated(quads: Ints) -> Ints:
    """Return two triangles a quad, ``(2m, 3)``."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
