"""Inside the mouth: twenty-four teeth in their gums, and the tongue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .draft import Draft, grid_triangles, joined, rigid
from .sculpt import Body
from .source import Floats
from .subdivision import refine, triangulated
from .topology import Topology

MM = 0.001
# Widths and heights of crowns from the middle outwards, in millimetres, after textbooks
# of dental anatomy; molars are left out where lips and cheeks hide them.
_UPPER = ((8.4, 10.2), (6.5, 8.8), (7.5, 9.8), (6.9, 8.2), (6.7, 7.6), (9.5, 7.0))
_LOWER = ((5.4, 8.6), (5.9, 8.8), (6.8, 9.6), (7.0, 8.2), (7.0, 7.6), (10.0, 7.0))
# From gum to edge: share of the height, of the width, of the thickness.
_CROWN = (
    (-0.1, 0.76, 0.95), (0.25, 0.91, 0.95), (0.62, 1.0, 0.72), (0.9, 0.99, 0.45),
    (1.0, 0.8, 0.18), (1.0, 0.02, 0.02),
)  # fmt: skip
_ROUND = 10
# The base mesh lets the tongue fill the mouth; a resting one lies lower and behind.
TONGUE_LOWER, TONGUE_BEHIND = 2.5 * MM, -2.0 * MM
# From the lips' inner margin back to the incisors.
BEHIND_LIPS = 2.6 * MM
# Where the parts find their paint in the texture of the mouth: left, top, right, bottom.
TOOTH_BOX = (0.02, 0.02, 0.48, 0.48)
GUM_BOX = (0.52, 0.02, 0.98, 0.48)
TONGUE_BOX = (0.02, 0.52, 0.98, 0.98)


@dataclass(frozen=True)
class Arch:
    """The row of one jaw: middle of the incisors' edge, size, and which way is the gum."""

    edge: Floats
    half_width: float
    depth: float
    up: float
    scale: float

    def at(self, along: Floats) -> tuple[Floats, Floats]:
        """Return points ``(n, 3)`` and outward directions, ``along`` in metres."""
        angle = np.linspace(-1.45, 1.45, 401)
        x = self.half_width * np.sin(angle)
        z = -self.depth * (1 - np.cos(angle))
        length = np.r_[0, np.cumsum(np.hypot(np.diff(x), np.diff(z)))]
        length -= length[200]
        px, pz = np.interp(along, length, x), np.interp(along, length, z)
        tx, tz = (
            np.interp(along, length, np.gradient(x, length)),
            np.interp(along, length, np.gradient(z, length)),
        )
        points = np.stack([px, np.zeros_like(px), pz], axis=-1) + self.edge
        outward = np.stack([-tz, np.zeros_like(tx), tx], axis=-1)
        return points, outward / np.linalg.norm(outward, axis=-1, keepdims=True)


def arches(body: Body, topology: Topology) -> tuple[Arch, Arch]:
    """Return the upper and the lower arch."""
    upper = body.group("helper-upper-teeth")
    lips = body.points[topology.lip_margin]
    middle = np.abs(lips[:, 0]) < 0.003
    front = float(lips[middle, 2].min()) - BEHIND_LIPS
    edge = float(upper[:, 1].min()) - 1.4 * MM
    half = float(np.abs(upper[:, 0]).max()) - 5.6 * MM
    scale = half / (26.5 * MM)
    top = Arch(np.array([0, edge, front]), half, 48 * MM * scale, 1.0, scale)
    under = np.array([0, edge + 1.2 * MM, front - 3.0 * MM])
    return top, Arch(under, half - 2.4 * MM, 45 * MM * scale, -1.0, scale)


def build_mouth(body: Body, topology: Topology) -> list[Draft]:
    """Return ``teeth_upper``, ``teeth_lower`` and ``tongue``."""
    upper, lower = arches(body, topology)
    above = _jaw("teeth_upper", upper, _UPPER)
    below = _jaw("teeth_lower", lower, _LOWER)
    guide = body.source.joint_vertices["helper-lower-teeth"]
    fit = _homogeneous(below.points) @ np.linalg.pinv(_homogeneous(body.points[guide]))
    below.deform = lambda offsets: fit @ offsets[guide]
    return [above, below, _tongue(body)]


def _homogeneous(points: Floats) -> Floats:
    return np.concatenate([points, np.ones((len(points), 1))], axis=1)


def _jaw(name: str, arch: Arch, sizes: tuple[tuple[float, float], ...]) -> Draft:
    pieces = []
    for side in (-1, 1):
        along = 0.0
        for number, (width, height) in enumerate(sizes):
            width, height = width * MM * arch.scale, height * MM * arch.scale
            pieces.append(
                _tooth(arch, side * (along + width / 2), width, height, number)
            )
            along += width
    teeth = joined(name, pieces)
    return joined(name, [teeth, _gum(arch, sizes, along)])


def _tooth(arch: Arch, along: float, width: float, height: float, number: int) -> Draft:
    """Return one crown, chisel-shaped in front and blunt behind."""
    place, outward = arch.at(np.array([along]))
    out = outward[0]
    side = np.array([out[2], 0, -out[0]])
    thick = (5.5 if number < 3 else 8.0) * MM * arch.scale
    shorter = {1: 0.7, 2: -0.1}.get(number, 0.2 * number) * MM * arch.scale
    about = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)
    cos, sin = np.cos(about), np.sin(about)
    round_x = np.sign(cos) * np.abs(cos) ** 0.55
    round_z = np.sign(sin) * np.abs(sin) ** 0.7
    rings = []
    for share, wide, deep in _CROWN:
        if number >= 3 and share > 0.3:
            deep = 0.35 + 0.65 * deep
        y = arch.up * (height * (1 - share) + shorter)
        # The front follows a slight curve; the thickness lies behind it.
        front = -0.6 * MM * (share - 0.45) ** 2 * 4
        z = front + thick * deep * (round_z - 1) / 2
        x = 0.985 * width * wide * round_x / 2
        # Molars do not taper to nothing.
        ring = place[0] + x[:, None] * side + z[:, None] * out
        ring[:, 1] += y
        rings.append(ring)
    points = np.concatenate(rings)
    v = np.repeat([np.clip(c[0], 0, 1) for c in _CROWN], _ROUND)
    u = np.tile(0.5 + 0.45 * round_x, len(_CROWN))
    triangles = grid_triangles(len(_CROWN), _ROUND, closed=True)
    if arch.up < 0:
        triangles = triangles[:, ::-1]
    return rigid("tooth", points, _in_box(TOOTH_BOX, u, v), triangles, "teeth")


def _gum(arch: Arch, sizes: tuple[tuple[float, float], ...], reach: float) -> Draft:
    """Return a band that rises between the teeth and runs back over the jaw."""
    columns = 61
    along = np.linspace(-reach, reach, columns)
    places, outward = arch.at(along)
    edges = np.cumsum([0, *(w for w, _ in sizes)]) * MM * arch.scale
    number = np.clip(np.searchsorted(edges, np.abs(along)) - 1, 0, len(sizes) - 1)
    widths = np.asarray([w for w, _ in sizes])[number] * MM * arch.scale
    middle = (np.abs(along) - edges[number]) / widths - 0.5
    heights = np.asarray([h for _, h in sizes])
    centres = (edges[1:] + edges[:-1]) / 2
    height = np.interp(np.abs(along), centres, heights) * MM * arch.scale
    line = height - 2.6 * MM * arch.scale * np.abs(2 * middle) ** 2.2
    profile = (
        (-2.4, 0.1), (-0.5, -0.2), (0.35, 0.3), (0.8, 2.0), (0.9, 5.0), (0.2, 9.0),
        (-4.0, 12.0), (-12.0, 12.0),
    )  # fmt: skip
    rows = []
    for out, up in profile:
        base = line if up < 3 else height
        row = places + outward * out * MM
        row[:, 1] += arch.up * (base + up * MM)
        rows.append(row)
    v = np.repeat(np.linspace(0, 1, len(profile)), columns)
    u = np.tile(np.linspace(0, 1, columns), len(profile))
    triangles = grid_triangles(len(profile), columns)
    if arch.up < 0:
        triangles = triangles[:, ::-1]
    return rigid(
        "gum", np.concatenate(rows), _in_box(GUM_BOX, u, v), triangles, "teeth"
    )


def _tongue(body: Body) -> Draft:
    quads = body.source.faces["helper-tongue"][0]
    used, local = np.unique(quads, return_inverse=True)
    step = refine(local.reshape(-1, 4), len(used))
    points = step(body.points[used]) - (0, TONGUE_LOWER, TONGUE_BEHIND)
    low, high = points.min(axis=0), points.max(axis=0)
    share = (points - low) / (high - low)
    uv = _in_box(TONGUE_BOX, share[:, 0], 1 - share[:, 2])
    draft = rigid("tongue", points, uv, triangulated(step.quads), "tongue")
    draft.deform = lambda offsets: step(offsets[used])
    return draft


def _in_box(box: tuple[float, float, float, float], u: Floats, v: Floats) -> Floats:
    left, top, right, bottom = box
    return np.stack([left + (right - left) * u, top + (bottom - top) * v], axis=-1)
