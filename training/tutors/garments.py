"""Clothes over the shoulders: cloth off the body's surface, and a collar around the neck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .draft import Draft, grid_triangles, joined, normals_of
from .sculpt import Body, follows_of
from .source import Floats, Ints
from .subdivision import refine, triangulated
from .topology import Topology

MM = 0.001
_COLUMNS = 72
# Where the strips of the collars begin in the cloth's texture.
COLLAR_TOPS = (0.82, 0.91)


@dataclass(frozen=True)
class Neckline:
    """A tilted plane that cuts the neck: a point on it and its upward direction.

    Beyond ``reach`` metres from the neck it rises, so that shoulders stay below it.
    """

    point: Floats
    up: Floats
    reach: float = 0.075

    def height(self, points: Floats) -> Floats:
        """Return how far points are above the plane, in metres."""
        away = points - self.point
        beside = np.hypot(away[..., 0], 0.8 * away[..., 2])
        return np.asarray(away @ self.up - 1.6 * np.maximum(beside - self.reach, 0))


# Height of the neckline beside the neck's joint in mm, and its tilt in degrees.
_CUTS = {"crew": (-12.0, 22.0), "layers": (-10.0, 22.0), "roll": (-4.0, 20.0)}
# Rows of the collars as millimetres outward and upward of the neckline.
_CREW = (
    (-5, -7),
    (-3.5, 3),
    (-1.5, 8.5),
    (1.5, 10),
    (4.2, 8),
    (5.6, 2),
    (5.8, -6),
    (3.5, -12),
)
_SHIRT = (
    (-4, -4),
    (-3.4, 8),
    (-2.4, 14),
    (-0.8, 15.5),
    (0.6, 14),
    (1.0, 8),
    (0.8, -2),
    (0.5, -6),
)
_ROLL = (
    (-3, 2), (-2.5, 26), (-1, 34), (2.5, 37), (6.5, 34), (8.5, 24), (9, 8), (8.6, -4), (5, -12),
)  # fmt: skip
_COLLARS = {"crew": (_CREW,), "layers": (_CREW, _SHIRT), "roll": (_ROLL,)}


def neckline_of(body: Body, garment: str) -> Neckline:
    """Return where a garment ends at the neck."""
    drop, tilt = _CUTS[garment]
    angle = np.radians(tilt)
    point = body.joint("neck") + (0, drop * MM, 0)
    return Neckline(point, np.array([0, np.cos(angle), np.sin(angle)]))


def build_garment(body: Body, topology: Topology, garment: str) -> list[Draft]:
    """Return ``cloth`` and ``collar``; a shirt under a jumper shows a second collar."""
    cut = neckline_of(body, garment)
    centre = body.points[topology.quads].mean(axis=1)
    outside = np.isin(np.asarray(topology.island), ("body", "face"))
    chosen = outside & (cut.height(centre) < 0.012) & (centre[:, 1] > -0.335)
    chosen &= np.abs(centre[:, 0]) < 0.30
    used, local = np.unique(topology.quads[chosen], return_inverse=True)
    step = refine(local.reshape(-1, 4), len(used))
    base = _draped(body.points[used], local.reshape(-1, 4))
    points = step(base)
    triangles = triangulated(step.quads)
    normals = normals_of(points, triangles)
    points = points + normals * 6.5 * MM
    above = np.maximum(cut.height(points) - 0.001, 0)
    points = points - above[:, None] * cut.up
    points = points + _folds(points, normals)
    follows = step.linear(follows_of(body)[used])
    follows[:, 0], follows[:, 1:] = (
        1 - 0.35 * (1 - follows[:, 0]),
        0.35 * follows[:, 1:],
    )
    follows[:, 1], follows[:, 2] = 1 - follows[:, 0], 0
    uv = _cloth_uv(points)

    def deform(offsets: Floats) -> Floats:
        return step(offsets[used])

    cloth = Draft(
        "cloth",
        points,
        uv,
        triangles,
        "cloth",
        follows,
        np.ones((len(points), 3)),
        deform,
    )
    curve, outward = _neck_curve(body, topology, cut)
    collars = [
        _collar(body, cut, curve, outward, profile, number)
        for number, profile in enumerate(_COLLARS[garment])
    ]
    return [cloth, joined("collar", collars)]


def _draped(points: Floats, quads: Ints) -> Floats:
    """Smooth away what cloth would not show, holding the rims."""
    sides = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2)
    both = np.concatenate([sides, sides[:, ::-1]])
    edges, uses = np.unique(np.sort(sides, axis=1), axis=0, return_counts=True)
    rim = np.unique(edges[uses == 1])
    count = np.bincount(both[:, 0], minlength=len(points))[:, None]
    smooth = points.copy()
    for _ in range(14):
        total = np.zeros_like(points)
        np.add.at(total, both[:, 0], smooth[both[:, 1]])
        relaxed = 0.5 * smooth + 0.5 * total / np.maximum(count, 1)
        relaxed[rim] = points[rim]
        smooth = relaxed
    # Smoothing shrinks; never let the body through.
    return np.asarray(smooth)


def _folds(points: Floats, normals: Floats) -> Floats:
    """Soft creases that run from the arms' pits to the chest."""
    x, y = np.abs(points[:, 0]), points[:, 1]
    pit = np.array([0.155, -0.335])
    away = np.hypot(x - pit[0], y - pit[1])
    angle = np.arctan2(y - pit[1], pit[0] - x)
    crease = np.sin(angle * 9.0) * np.exp(-(((away - 0.05) / 0.045) ** 2))
    return np.asarray(normals * (2.0 * MM * crease)[:, None])


def _cloth_uv(points: Floats) -> Floats:
    u = 0.5 + points[:, 0] / 0.7
    v = (0.02 - points[:, 1]) / 0.55
    back = points[:, 2] < -0.12
    return np.stack(
        [np.clip(np.where(back, 1 - u, u), 0, 1), np.clip(v, 0, 1) * 0.8], 1
    )


def _collar(
    body: Body,
    cut: Neckline,
    curve: Floats,
    outward: Floats,
    profile: tuple[tuple[float, float], ...],
    number: int,
) -> Draft:
    """Return one band around the neck, painted from the ``number``-th strip of cloth."""
    rows = [curve + outward * (out * MM) + cut.up * (up * MM) for out, up in profile]
    points = np.concatenate(rows)
    follows = np.zeros((len(points), 5))
    tall = np.repeat(np.clip([up / 60 for _, up in profile], 0, 0.45), _COLUMNS)
    follows[:, 1] = 0.18 + 0.5 * tall
    follows[:, 0] = 1 - follows[:, 1]
    u = np.tile(np.linspace(0, 1, _COLUMNS), len(profile))
    v = np.repeat(
        COLLAR_TOPS[number] + 0.07 * np.linspace(0, 1, len(profile)), _COLUMNS
    )
    triangles = grid_triangles(len(profile), _COLUMNS)
    rise = body.source.joint_vertices["joint-neck"]
    collar = Draft(
        "collar", points, np.stack([u, v], 1), triangles, "collar", follows,
        np.ones((len(points), 3)),
    )  # fmt: skip
    collar.deform = lambda offsets: np.broadcast_to(
        offsets[rise].mean(axis=0), points.shape
    ).copy()
    return collar


def _neck_curve(body: Body, topology: Topology, cut: Neckline) -> tuple[Floats, Floats]:
    """Return points around the neck where the plane cuts it ``(72, 3)``, and outward."""
    quads = topology.quads
    outside = np.isin(np.asarray(topology.island), ("body", "face"))
    sides = np.stack([quads[outside], np.roll(quads[outside], -1, axis=1)], axis=2)
    sides = np.unique(np.sort(sides.reshape(-1, 2), axis=1), axis=0)
    height = cut.height(body.points)
    crossing = sides[np.sign(height[sides[:, 0]]) != np.sign(height[sides[:, 1]])]
    a, b = crossing[:, 0], crossing[:, 1]
    share = (height[a] / (height[a] - height[b]))[:, None]
    points = body.points[a] * (1 - share) + body.points[b] * share
    centre = cut.point.copy()
    near = np.linalg.norm(points - centre, axis=1) < 0.12
    points = points[near]
    centre = np.array(
        [0, points[:, 1].mean(), (points[:, 2].max() + points[:, 2].min()) / 2]
    )
    angle = np.arctan2(points[:, 0] - 0.0, -(points[:, 2] - centre[2]))
    about = np.linspace(-np.pi, np.pi, _COLUMNS)
    order = np.argsort(angle)
    curve = np.stack(
        [
            np.interp(about, angle[order], points[order, k], period=2 * np.pi)
            for k in range(3)
        ],
        1,
    )
    for _ in range(6):
        ring = curve[:-1]
        ring = 0.5 * ring + 0.25 * (
            np.roll(ring, 1, axis=0) + np.roll(ring, -1, axis=0)
        )
        curve = np.concatenate([ring, ring[:1]])
    along = np.gradient(curve, axis=0)
    along[0] = along[-1] = curve[1] - curve[-2]
    outward = np.cross(cut.up, along)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    away = curve - curve[:-1].mean(axis=0)
    outward *= np.sign((outward * away).sum(axis=1, keepdims=True))
    return curve, outward
