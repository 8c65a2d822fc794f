"""How much of the sky each point sees: depth pictures from many sides."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from inference.engines.avatars.head_raster import TWO_SIDED, find_visible

from .draft import Draft
from .source import Floats

_SIZE = 640
_BIAS = 0.004
# Cards and veils throw no shadow of their own.
_LEFT_OUT = ("lashes", "lid_shadow", "brows")


def sky_seen(drafts: list[Draft], directions: int = 72) -> list[Floats]:
    """Return, for each draft, the share of light ``(n,)`` that reaches its points."""
    points = np.concatenate([d.points for d in drafts]).astype(np.float32)
    normals = np.concatenate([d.lit for d in drafts])
    starts = np.cumsum([0, *(len(d.points) for d in drafts)])
    casting = [
        (d.triangles + s).astype(np.int32)
        for d, s in zip(drafts, starts[:-1], strict=True)
        if d.name not in _LEFT_OUT
    ]
    triangles = np.concatenate(casting)
    material = np.zeros(len(triangles), np.uint8)
    cover = np.array([TWO_SIDED], np.uint8)
    uv = np.zeros((len(points), 2), np.float32)
    texels, none = np.full(4, 255, np.uint8), np.zeros(1, np.int32)
    textures = np.array([[0, 1, 1]], np.int32)
    depth = np.zeros((_SIZE, _SIZE), np.float32)
    seen = np.zeros((_SIZE, _SIZE), np.int32)
    light = np.zeros((_SIZE, _SIZE), np.float32)
    total, weight = np.zeros(len(points)), np.full(len(points), 1e-6)
    for direction in _sphere(directions):
        right = np.cross((0.13, 1, 0.07), direction)
        right /= np.linalg.norm(right)
        up = np.cross(direction, right)
        flat = np.stack([points @ right, -(points @ up), -(points @ direction)], 1)
        low, high = flat[:, :2].min(axis=0), flat[:, :2].max(axis=0)
        scale = (_SIZE - 4) / (high - low).max()
        screen = flat.astype(np.float32)
        screen[:, :2] = (flat[:, :2] - low) * scale + 2
        find_visible(
            screen, triangles, material, cover, uv, texels, none, textures,
            (0, 0, _SIZE, _SIZE), depth, seen, light,
        )  # fmt: skip
        x = np.clip(screen[:, 0].astype(int), 0, _SIZE - 1)
        y = np.clip(screen[:, 1].astype(int), 0, _SIZE - 1)
        open_sky = screen[:, 2] < depth[y, x] + _BIAS
        # Light comes from above more than from below.
        share = np.clip(normals @ direction, 0, None) * (0.65 + 0.35 * direction[1])
        total += share * open_sky
        weight += share
    seen_sky = total / weight
    return [seen_sky[a:b] for a, b in pairwise(starts)]


def _sphere(count: int) -> Floats:
    """Return even directions over the sphere (a Fibonacci lattice)."""
    turn = np.arange(count) * np.pi * (3 - np.sqrt(5))
    y = 1 - 2 * (np.arange(count) + 0.5) / count
    around = np.sqrt(1 - y * y)
    return np.stack([around * np.cos(turn), y, around * np.sin(turn)], 1)
