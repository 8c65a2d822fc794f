"""The skin: face, ears, neck and the mouth's inside, subdivided once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .draft import Draft
from .garments import Neckline
from .sculpt import Body, follows_of
from .source import Floats, Ints
from .subdivision import refine, triangulated
from .topology import Topology

# MakeHuman's texture spends itself on the skull; drawing the face's island away from the
# nose gives the face four times as many texels.
_CENTRE = np.array([0.845, 0.484])
_REACH = 0.335
_SPREAD = 0.6
_FACE_HEIGHT = 0.8


@dataclass(frozen=True)
class Skin:
    """The draft and what painting needs to know of its points.

    ``vertex`` ``(n,)`` are numbers before texture seams part points; ``position`` of
    those is ``(m, 3)``. ``attributes`` are refined values ``(n,)`` by name.
    """

    draft: Draft
    vertex: Ints
    attributes: dict[str, Floats]
    spread_over: Callable[[Floats], Floats]

    def spread(self, values: Floats) -> Floats:
        """Return values of the base mesh ``(19158,)`` at the skin's points ``(n,)``."""
        return self.spread_over(values)

    def offsets(self, base: Floats) -> Floats:
        """Return offsets of the skin's points for offsets of the base mesh."""
        return self.draft.offsets(base)


def build_skin(body: Body, topology: Topology, cut: Neckline) -> Skin:
    """Return the skin down to a little below the neckline."""
    source = body.source
    chosen = _visible(body, topology, cut)
    quads, uv_quads = topology.quads[chosen], topology.uv_quads[chosen]
    used, local = np.unique(quads, return_inverse=True)
    step = refine(local.reshape(-1, 4), len(used))
    uv_used, uv_local = np.unique(uv_quads, return_inverse=True)
    uv_step = refine(uv_local.reshape(-1, 4), len(uv_used))
    island = np.asarray(topology.island)[chosen]
    uv_island = np.full(len(uv_used), "", "U10")
    uv_island[uv_local.reshape(-1)] = np.repeat(island, 4)
    uv = uv_step.linear(_atlas(source.texture_points[uv_used], uv_island))
    pairs, corner = np.unique(
        np.stack([step.quads.reshape(-1), uv_step.quads.reshape(-1)], axis=1),
        axis=0,
        return_inverse=True,
    )
    vertex = pairs[:, 0]
    follows = step.linear(follows_of(body)[used])[vertex]

    def deform(offsets: Floats) -> Floats:
        return step(offsets[used])[vertex]

    draft = Draft(
        "skin",
        step(body.points[used])[vertex],
        uv[pairs[:, 1]],
        triangulated(corner.reshape(-1, 4)),
        "skin",
        follows,
        np.ones((len(pairs), 3)),
        deform,
    )
    marks = {
        "lip": np.minimum(topology.lip_ring, 20).astype(float),
        "lid": np.minimum(topology.lid_ring, 20).astype(float),
    }
    rows = np.asarray(topology.quads[topology.faces("mouth")]).reshape(-1)
    inside = np.zeros(len(body.points))
    inside[rows] = 1.0
    inside[topology.lip_margin] = 0.5
    marks["inside"] = inside
    marks["lip"][rows] = 0.0
    attributes = {
        name: step.linear(values[used, None])[vertex, 0]
        for name, values in marks.items()
    }
    return Skin(
        draft, vertex, attributes, lambda v: step.linear(v[used, None])[vertex, 0]
    )


def _visible(body: Body, topology: Topology, cut: Neckline) -> Ints:
    """Return the quads to keep: not the sockets' depths, nothing far under clothes."""
    centre = body.points[topology.quads].mean(axis=1)
    island = np.asarray(topology.island)
    keep = island == "mouth"
    keep |= np.isin(island, ("face", "body")) & (cut.height(centre) > -0.028)
    for side, margin in zip("lr", topology.lid_margins, strict=True):
        near = margin
        for _ in range(3):
            touching = np.isin(topology.quads, near).any(axis=1)
            touching &= island == f"socket_{side}"
            near = np.unique(topology.quads[touching])
            keep |= touching
    return np.flatnonzero(keep)


def _atlas(uv: Floats, island: Ints) -> Floats:
    """Return texture points in the tutor's own layout, v downwards."""
    out = np.zeros_like(uv)
    face = island == "face"
    away = uv[face] - _CENTRE
    radius = np.linalg.norm(away, axis=1, keepdims=True) / _REACH
    away = away * np.maximum(radius, 1e-6) ** (_SPREAD - 1)
    low, high = away.min(axis=0), away.max(axis=0)
    upright = (away - low) / (high - low)
    out[face, 0] = 0.01 + 0.98 * (1 - upright[:, 1])
    out[face, 1] = 0.01 + (_FACE_HEIGHT - 0.02) * upright[:, 0]
    boxes = {
        "mouth": (0.01, 0.82, 0.22, 0.99),
        "socket_l": (0.24, 0.82, 0.34, 0.90),
        "socket_r": (0.24, 0.91, 0.34, 0.99),
        "body": (0.36, 0.81, 0.99, 0.99),
    }
    for name, (left, top, right, bottom) in boxes.items():
        rows = island == name
        if rows.any():
            low, high = uv[rows].min(axis=0), uv[rows].max(axis=0)
            place = (uv[rows] - low) / (high - low)
            out[rows, 0] = left + (right - left) * place[:, 0]
            out[rows, 1] = top + (bottom - top) * (1 - place[:, 1])
    return out
