"""Regions of the base mesh: islands of its texture, their seams, rings around lips and lids.

The lips' margin is the seam between face and mouth, the lids' margins those between face
and eye sockets; how many edges a vertex lies away from a margin says where lips end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .source import Bools, Floats, Ints, Source

_FAR = 99


@dataclass(frozen=True)
class Topology:
    """Quads of the body as vertices and texture points, and their island's name."""

    quads: Ints
    uv_quads: Ints
    island: tuple[str, ...]
    lip_margin: Ints
    lid_margins: tuple[Ints, Ints]
    lip_ring: Ints
    lid_ring: Ints
    upper_lip: Bools
    lower_lip: Bools

    def faces(self, *islands: str) -> Ints:
        """Return the numbers of the quads of some islands."""
        return np.flatnonzero(np.isin(np.asarray(self.island), islands))


def topology_of(source: Source) -> Topology:
    """Find the islands: ``face``, ``mouth``, ``socket_l``, ``socket_r`` and ``body``."""
    quads, uv_quads = source.faces["body"]
    label = _islands(uv_quads, len(source.texture_points))
    points = source.points

    def at(x: float, y: float, z: float) -> int:
        centre = points[quads].mean(axis=1)
        near = np.argsort(np.linalg.norm(centre - (x, y, z), axis=1))
        return int(label[near[0]])

    eye = points[source.joint_vertices["helper-l-eye"]].mean(axis=0)
    named = {
        at(0, 0.85, 0.05): "face",
        at(0, 0.66, 0.08): "mouth",
        at(eye[0], eye[1], eye[2] - 0.012): "socket_l",
        at(-eye[0], eye[1], eye[2] - 0.012): "socket_r",
    }
    names = tuple(named.get(int(n), "body") for n in label)
    island = np.asarray(names)
    lip = _seam(quads, island == "face", island == "mouth")
    lids = tuple(
        _seam(quads, island == "face", island == f"socket_{side}") for side in "lr"
    )
    outside = quads[island == "face"]
    lip_ring = _rings(outside, lip, len(points))
    upper, lower = _lips(quads, outside, lip, points)
    return Topology(
        quads, uv_quads, names, lip, (lids[0], lids[1]), lip_ring,
        _rings(outside, np.concatenate(lids), len(points)), upper, lower,
    )  # fmt: skip


def _lips(quads: Ints, face: Ints, margin: Ints, points: Floats) -> tuple[Bools, Bools]:
    """Return which vertices belong to the upper and the lower lip, as truth values.

    A vertex goes with the half of the margin that fewer edges lead to.
    """
    loop = loop_order(quads, margin, points)
    right = int(points[loop, 0].argmax())
    # The loop begins at the person's right corner and runs along the upper lip first.
    halves = (loop[1:right], loop[right + 1 :])
    above, below = (_rings(face, half, len(points)) for half in halves)
    return above < below, below < above


def loop_order(edges_of: Ints, vertices: Ints, points: Floats) -> Ints:
    """Return the vertices of a closed margin in order, seen from the front clockwise."""
    member = set(vertices.tolist())
    beside: dict[int, set[int]] = {v: set() for v in member}
    for quad in edges_of.tolist():
        for a, b in zip(quad, quad[1:] + quad[:1], strict=True):
            if a in member and b in member:
                beside[a].add(b)
                beside[b].add(a)
    start = int(vertices[points[vertices, 0].argmin()])
    order, previous = [start], -1
    upper = max(beside[start], key=lambda v: points[v, 1])
    current = upper
    while current != start:
        order.append(current)
        onward = [v for v in beside[current] if v not in (order[-2], previous)]
        previous, current = current, onward[0]
    return np.asarray(order)


def _islands(uv_quads: Ints, count: int) -> Ints:
    parent = np.arange(count)

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    for quad in uv_quads.tolist():
        first = root(quad[0])
        for other in quad[1:]:
            parent[root(other)] = first
    return np.asarray([root(quad[0]) for quad in uv_quads.tolist()])


def _sides(quads: Ints) -> Ints:
    sides = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2)
    return np.unique(np.sort(sides, axis=1), axis=0)


def _seam(quads: Ints, one: Bools, other: Bools) -> Ints:
    first = {tuple(side) for side in _sides(quads[one]).tolist()}
    second = {tuple(side) for side in _sides(quads[other]).tolist()}
    return np.unique(np.asarray(sorted(first & second)))


def _rings(quads: Ints, start: Ints, count: int) -> Ints:
    """Return how many edges each vertex is away from ``start``, 99 if out of reach."""
    ring = np.full(count, _FAR)
    ring[start] = 0
    sides = _sides(quads)
    for step in range(1, 40):
        for a, b in ((0, 1), (1, 0)):
            reached = sides[ring[sides[:, a]] == step - 1, b]
            ring[reached] = np.minimum(ring[reached], step)
    return ring
