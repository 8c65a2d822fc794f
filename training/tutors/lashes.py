"""Lashes and the soft shadow of the lids: cards rooted in the lids' margins."""

from __future__ import annotations

import numpy as np

from .binding import bind
from .draft import Draft, grid_triangles, joined, rigid
from .eyes import eye_centres, surface_at
from .sculpt import Body
from .skin_mesh import Skin
from .source import Floats, Ints
from .topology import Topology, loop_order

MM = 0.001
_COLUMNS = 33
# Rings from the margin to the lid's outer edge, where lashes grow.
_EDGE = 3


def build_lashes(
    body: Body, topology: Topology, skin: Skin, length: float
) -> list[Draft]:
    """Return ``lashes`` and ``lid_shadow`` cards of both eyes; ``length`` scales lashes."""
    lashes, shadows = [], []
    edge = topology.lid_ring == _EDGE
    among = np.flatnonzero(np.abs(skin.attributes["lid"] - _EDGE) < 1.1)
    for number, margin in enumerate(topology.lid_margins):
        side = np.sign(body.points[margin, 0].mean())
        rim = np.flatnonzero(edge & (body.points[:, 0] * side > 0))
        ring = loop_order(topology.quads, rim, body.points)
        loop = body.points[ring]
        centre = eye_centres(body)[number]
        for upper in (True, False):
            line = _half(loop, upper=upper)
            lashes.append(_lash_row(line, centre, skin, among, length, upper=upper))
            shadows.append(_shadow(body, number, line, skin, among, upper=upper))
    return [joined("lashes", lashes), joined("lid_shadow", shadows)]


def _half(loop: Floats, *, upper: bool) -> Floats:
    """Return the upper or lower lid's margin, from the smaller x to the larger."""
    start, end = int(loop[:, 0].argmin()), int(loop[:, 0].argmax())
    rolled = np.roll(loop, -start, axis=0)
    end = (end - start) % len(loop)
    one, other = rolled[: end + 1], np.concatenate([rolled[end:], rolled[:1]])[::-1]
    first_up = one[:, 1].mean() > other[:, 1].mean()
    line = one if first_up == upper else other
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    at = np.linspace(0, length[-1], _COLUMNS)
    return np.stack([np.interp(at, length, line[:, k]) for k in range(3)], axis=1)


def _toward(line: Floats, centre: Floats) -> Floats:
    direction = centre - line
    return np.asarray(direction / np.linalg.norm(direction, axis=1, keepdims=True))


def _lash_row(
    root: Floats,
    centre: Floats,
    skin: Skin,
    among: Ints,
    length: float,
    *,
    upper: bool,
) -> Draft:
    """Return a card that curls outwards; its tips swing farther than the lid."""
    out = -_toward(root, centre) * (0.7, 0.25, 1.0)
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    along = np.linspace(-1, 1, _COLUMNS)[:, None]
    outer = along if centre[0] > 0 else -along
    fan = np.zeros_like(root)
    fan[:, :1] = 0.55 * along * np.abs(along)
    sign = 1.0 if upper else -1.0
    longest = (6.4 if upper else 3.2) * MM * length
    long = (
        longest
        * (0.62 + 0.38 * np.clip(outer + 0.3, -1, 1))
        * np.clip(1.15 - np.abs(along) ** 6, 0.25, 1)
    )
    rows, shares = [], (0.0, 0.35, 0.7, 1.0)
    for share in shares:
        lift = sign * (0.15 * share + 0.75 * share * share)
        step = out * share * 0.85 + fan * share * 0.6
        step[:, 1] += lift * 0.75 - sign * 0.12 * share
        rows.append(root + step * long)
    points = np.concatenate(rows)
    u = np.tile(np.linspace(0, 1, _COLUMNS), len(shares))
    v = np.repeat([1 - s for s in shares], _COLUMNS)
    v = 0.02 + (0.46 * v if upper else 0.5 + 0.46 * v)
    draft = rigid(
        "lash",
        points,
        np.stack([u, v], 1),
        grid_triangles(len(shares), _COLUMNS),
        "lashes",
    )
    follow = bind(root, skin, among)
    swing = [1 + (0.35 if upper else 0.15) * s for s in shares]
    draft.deform = lambda offsets: np.concatenate([follow(offsets) * s for s in swing])
    # Lit like the lid they grow from, not like paper.
    draft.normals = np.tile(out, (len(shares), 1))
    return draft


def _shadow(
    body: Body, number: int, line: Floats, skin: Skin, among: Ints, *, upper: bool
) -> Draft:
    """Return a dark veil over the globe, strongest at the lid and gone a few mm away."""
    centre = eye_centres(body)[number]
    sign = -1.0 if upper else 1.0
    depths = (-2.5, -0.5, 1.5, 3.6, 6.0) if upper else (-2.0, -0.4, 0.7, 1.7, 2.8)
    ends = np.sin(np.linspace(0.12, np.pi - 0.12, _COLUMNS)) ** 0.6
    rows = []
    for depth in depths:
        row = line.copy()
        row[:, 1] += sign * depth * MM * ends
        away = -_toward(row, centre)
        rows.append(surface_at(body, number, away) + away * 0.35 * MM)
    u = np.tile(np.linspace(0, 1, _COLUMNS), len(depths))
    v = np.repeat(np.linspace(0, 1, len(depths)), _COLUMNS)
    box = 0.02 + (0.46 * v if upper else 0.5 + 0.46 * v)
    draft = rigid(
        "shadow", np.concatenate(rows), np.stack([u, box], 1),
        grid_triangles(len(depths), _COLUMNS), "lid_shadow",
    )  # fmt: skip
    follow = bind(line, skin, among)
    draft.deform = lambda offsets: np.tile(follow(offsets), (len(depths), 1))
    draft.normals = np.tile(-_toward(line, centre), (len(depths), 1))
    return draft
