"""The haircuts: which way hair grows, how long it is, and the mass beneath the locks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .canvas import noise
from .draft import Draft, joined, normals_of, rigid, smoothstep
from .hairline import scalp_share
from .landmarks import Landmarks
from .person import Person
from .skin_mesh import Skin
from .source import Floats, Ints
from .strands import Surface, grow, ribbons, trimmed, unit

MM = 0.001
_VARIANTS = 3
# The last column of the texture is opaque: the mass under the locks.
_SOLID_LEFT, _SOLID_WIDTH = 0.76, 0.23


@dataclass(frozen=True)
class Scalp:
    """Where hair grows on one person's skin."""

    person: Person
    skin: Skin
    marks: Landmarks
    share: Floats
    surface: Surface

    def roots(
        self, count: int, seed: int, *, least: float = 0.12
    ) -> tuple[Floats, Floats]:
        """Return ``count`` even places on the scalp and their normals."""
        points, triangles = self.skin.draft.points, self.skin.draft.triangles
        normals = self.skin.draft.lit
        chosen = triangles[self.share[triangles].min(axis=1) > least]
        a, b, c = (points[chosen[:, k]] for k in range(3))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        rng = np.random.default_rng(seed)
        edges = np.cumsum(area) / area.sum()
        # Many candidates, thinned to keep apart: even cover without rows.
        pick = np.searchsorted(edges, rng.random(count * 6))
        u, v = rng.random((2, len(pick)))
        flip = u + v > 1
        u, v = np.where(flip, 1 - u, u), np.where(flip, 1 - v, v)
        corner = chosen[pick]
        place = (
            points[corner[:, 0]] * (1 - u - v)[:, None]
            + points[corner[:, 1]] * u[:, None]
            + points[corner[:, 2]] * v[:, None]
        )
        kept = _apart(place, np.sqrt(area.sum() / count) * 0.72, count)
        return place[kept], unit(normals[corner[kept, 0]])


def _apart(places: Floats, distance: float, count: int) -> Ints:
    kept: list[int] = []
    held = np.empty((0, 3))
    for i, place in enumerate(places):
        if len(kept) == count:
            break
        if not len(held) or ((held - place) ** 2).sum(axis=1).min() > distance**2:
            kept.append(i)
            held = np.concatenate([held, place[None]])
    return np.asarray(kept)


def scalp_of(person: Person, skin: Skin, marks: Landmarks, ear: Floats) -> Scalp:
    """Find the scalp, without the ears."""
    points = skin.draft.points
    share = scalp_share(marks, points, person.sex, soft=0.005) * (ear < 0.2)
    share = share * (skin.attributes["inside"] < 0.1)
    near = points[:, 1] > marks.chin[1] - 0.16
    return Scalp(
        person, skin, marks, share, Surface(points[near], skin.draft.lit[near])
    )


def build_hair(scalp: Scalp) -> list[Draft]:
    """Return the person's hair: ``hair_mass`` below, ``hair`` cards above."""
    return {"short": _short, "bob": _bob, "curls": _curls}[scalp.person.haircut](scalp)


def _mass(scalp: Scalp, thickness: Floats, lumps: float, frequency: float) -> Draft:
    """Return the scalp lifted by ``thickness`` ``(n,)`` metres, softly lumpy."""
    draft = scalp.skin.draft
    chosen = draft.triangles[scalp.share[draft.triangles].min(axis=1) > 0.85]
    used, local = np.unique(chosen, return_inverse=True)
    points = draft.points[used]
    rise = thickness[used] * (1 + lumps * noise(points, frequency, octaves=2, seed=7))
    raised = points + draft.lit[used] * rise[:, None]
    around = np.arctan2(points[:, 0], points[:, 2] - scalp.marks.skull[2]) / np.pi
    tall = (points[:, 1] - points[:, 1].min()) / np.ptp(points[:, 1])
    u = _SOLID_LEFT + _SOLID_WIDTH * np.abs((around * 6) % 2 - 1)
    triangles = local.reshape(-1, 3)
    mass = rigid(
        "hair_mass",
        raised,
        np.stack([u, 0.01 + 0.98 * (1 - tall)], 1),
        triangles,
        "hair_mass",
    )
    mass.normals = normals_of(raised, triangles)
    mass.deform = lambda offsets: scalp.skin.offsets(offsets)[used]
    hollow = noise(points, frequency, octaves=2, seed=7)
    mass.tint = np.clip(0.62 + 0.3 * lumps * 3 * hollow, 0.3, 1)[:, None] * np.ones(3)
    return mass


def _depth(scalp: Scalp, places: Floats, reach: float) -> Floats:
    """Return 0 at the hairline, 1 from ``reach`` metres inside it on."""
    low = scalp_share(scalp.marks, places, scalp.person.sex, soft=reach, lift=reach)
    return np.asarray(low)


def _tints(scalp: Scalp, count: int, segments: int, seed: int, root: float) -> Floats:
    rng = np.random.default_rng(seed)
    share = np.linspace(0, 1, segments + 1)
    rise = root + (1 - root) * smoothstep(0, 0.7, share)
    return np.asarray(
        rise[None, :] * rng.normal(1.0, 0.09, (count, 1)).clip(0.75, 1.25)
    )


def _short(scalp: Scalp) -> list[Draft]:
    """Short at the sides, longer on top and combed back and aside."""
    marks = scalp.marks
    roots, normals = scalp.roots(1500, 3, least=0.35)
    rng = np.random.default_rng(4)
    high = smoothstep(0.035, 0.085, roots[:, 1] / marks.unit)
    lengths = (11 + 29 * high) * MM * rng.uniform(0.8, 1.15, len(roots))
    lengths *= 0.55 + 0.45 * _depth(scalp, roots, 0.012)
    aside = rng.normal(0, 0.16, (len(roots), 3))

    def flow(place: Floats, normal: Floats, share: float) -> Floats:
        top = high[:, None]
        comb = np.array([0.45, 0.0, -1.0]) * top + np.array([0, -0.75, -0.55]) * (
            1 - top
        )
        lift = normal * (0.95 * top + 0.4 * (1 - top)) * (1 - share) ** 1.2
        along = comb - (comb * normal).sum(axis=1, keepdims=True) * normal
        return np.asarray(unit(along) + lift + aside * (1 + share))

    clearance = (2.5 + 7 * high) * MM
    strands, facing = grow(
        roots, normals, lengths, flow, scalp.surface, clearance, steps=8
    )
    lit = unit(0.65 * facing + 0.35 * unit(strands - marks.skull))
    widths = (5.0 + 4.5 * high) * MM
    cards = ribbons(
        "hair", strands, facing, lit, widths, rng.integers(0, _VARIANTS, len(roots)),
        _tints(scalp, len(roots), 4, 5, 0.5), segments=4,
    )  # fmt: skip
    depth = _depth(scalp, scalp.skin.draft.points, 0.010)
    top = smoothstep(0.035, 0.085, scalp.skin.draft.points[:, 1] / marks.unit)
    return [_mass(scalp, (0.3 + (1.2 + 4.5 * top) * depth) * MM, 0.12, 90), cards]


def _bob(scalp: Scalp) -> list[Draft]:
    """Falls from a parting to the jaw and turns in at the tips."""
    marks, u = scalp.marks, scalp.marks.unit
    roots, normals = scalp.roots(740, 13)
    rng = np.random.default_rng(14)
    parting = 0.012 * u
    side = np.where(roots[:, 0] > parting, 1.0, -1.0)[:, None]
    behind = smoothstep(np.radians(70), np.radians(130), marks.azimuth(roots))[:, None]
    high = smoothstep(-0.02, 0.10, roots[:, 1] / u)
    ends = marks.mouth[1] - (0.016 + 0.014 * behind[:, 0]) * u
    ends = ends + rng.normal(0, 0.002, len(roots))
    lengths = np.clip(roots[:, 1] - ends, 0.02, None) + (0.03 + 0.09 * high) * u
    sway = rng.normal(0, 0.05, (len(roots), 3))

    def flow(place: Floats, normal: Floats, share: float) -> Floats:
        level = smoothstep(0.35, 0.9, normal[:, 1:2])
        out = side * (1 - behind)
        spread = np.concatenate(
            [out * 0.9, -0.15 * np.ones_like(out), -0.42 - 0.7 * behind], 1
        )
        fall = np.concatenate(
            [0.06 * side * (1 - behind), -1.0 + 0 * side, 0 * side], 1
        )
        way = level * spread + (1 - level) * fall
        curl = smoothstep(0.78, 1.0, share) * 0.75
        inward = unit(np.array([0, 0, marks.skull[2]]) - place * (1, 0, 1))
        # The face stays free: what hangs before it is swept aside and back.
        inner = smoothstep(0.072 * u, 0.050 * u, np.abs(place[:, :1]))
        before = smoothstep(
            marks.eyes[0, 2] - 0.06, marks.eyes[0, 2] - 0.035, place[:, 2:]
        )
        way = way + inner * before * np.concatenate(
            [1.6 * side, 0 * side + 0.2, 0 * side - 1.6], 1
        )
        along = way - (way * normal).sum(axis=1, keepdims=True) * normal * level
        return (
            unit(along)
            + curl * inward
            + 0.35 * normal * (1 - share) ** 3
            + sway * share
        )

    clearance = (3 + 12 * high * rng.uniform(0.75, 1.1, len(roots))) * MM
    strands, facing = grow(
        roots, normals, lengths, flow, scalp.surface, clearance, steps=24, hug=0.3
    )
    strands, facing = trimmed(strands, facing, ends)
    outward = unit((strands - marks.skull) * (1, 0.35, 1))
    lit = unit(0.45 * facing + 0.55 * outward)
    cards = ribbons(
        "hair", strands, unit(0.4 * facing + 0.6 * outward), lit,
        rng.uniform(9, 14, len(roots)) * MM, rng.integers(0, _VARIANTS, len(roots)),
        _tints(scalp, len(roots), 9, 15, 0.62), segments=9, taper=0.5,
    )  # fmt: skip
    depth = _depth(scalp, scalp.skin.draft.points, 0.012)
    mass = _mass(scalp, (0.4 + 4.5 * depth) * MM, 0.06, 60)
    return [mass, joined("hair", [cards, _fringe(scalp)])]


def _fringe(scalp: Scalp) -> Draft:
    """Return locks over the forehead, swept to the person's right."""
    marks, u = scalp.marks, scalp.marks.unit
    roots, normals = scalp.roots(2600, 17)
    azimuth = marks.azimuth(roots)
    front = (azimuth < np.radians(52)) & (_depth(scalp, roots, 0.014) < 0.97)
    roots, normals = roots[front], normals[front]
    rng = np.random.default_rng(18)
    aside = np.clip(-roots[:, 0] / (0.05 * u), -1, 1)[:, None]
    ends = marks.eyes[0, 1] + (0.029 - 0.016 * np.abs(aside[:, 0]) ** 2) * u
    ends = ends + rng.normal(0, 0.0022, len(roots))
    lengths = (roots[:, 1] - ends) * 1.25 + 0.02
    stray = rng.normal(0, 0.05, (len(roots), 3))

    def flow(place: Floats, normal: Floats, share: float) -> Floats:
        way = np.concatenate([-0.22 - 0.5 * aside, -1 + 0 * aside, 0.5 + 0 * aside], 1)
        along = way - (way * normal).sum(axis=1, keepdims=True) * normal
        return unit(along) + 0.5 * normal * (1 - share) ** 2 + stray

    clearance = rng.uniform(3.5, 6.5, len(roots)) * MM
    strands, facing = grow(
        roots, normals, lengths, flow, scalp.surface, clearance, steps=12, hug=0.3
    )
    strands, facing = trimmed(strands, facing, ends)
    lit = unit(0.7 * facing + 0.3 * unit(strands - marks.skull))
    return ribbons(
        "hair", strands, facing, lit, rng.uniform(6, 9, len(roots)) * MM,
        rng.integers(0, _VARIANTS, len(roots)), _tints(scalp, len(roots), 5, 19, 0.5),
        segments=5, taper=0.55,
    )  # fmt: skip


def _curls(scalp: Scalp) -> list[Draft]:
    """A round cloud of curls, shorter along the hairline."""
    marks = scalp.marks
    roots, normals = scalp.roots(1250, 23)
    rng = np.random.default_rng(24)
    depth = _depth(scalp, roots, 0.022)
    high = smoothstep(-0.03, 0.11, roots[:, 1] / marks.unit)
    lengths = (15 + (17 + 14 * high) * depth) * MM * rng.uniform(0.85, 1.2, len(roots))
    stray = rng.normal(0, 0.34, (len(roots), 3))
    bend = rng.normal(0, 0.8, (len(roots), 3))

    def flow(place: Floats, normal: Floats, share: float) -> Floats:
        radial = unit(place - marks.skull)
        return 0.5 * normal + 0.6 * radial + stray + bend * share**2 + (0, 0.12, -0.12)

    strands, _ = grow(
        roots, normals, lengths, flow, scalp.surface, 3 * MM + 0 * lengths, steps=8
    )
    radial = unit(strands - marks.skull)
    # Cards turned every way about their axis, as a cloud has no front.
    across = unit(rng.normal(0, 1, (len(roots), 1, 3)) + 0 * strands)
    lit = unit(radial + rng.normal(0, 0.22, (len(roots), 1, 3)))
    cards = ribbons(
        "hair", strands, across, lit, rng.uniform(13, 20, len(roots)) * MM,
        rng.integers(0, _VARIANTS, len(roots)), _tints(scalp, len(roots), 3, 25, 0.4),
        segments=3, taper=-0.1, narrow=0.3,
    )  # fmt: skip
    at = scalp.skin.draft.points
    inner = _depth(scalp, at, 0.024)
    top = smoothstep(-0.03, 0.11, at[:, 1] / marks.unit)
    thickness = (0.5 + (9 + 13 * top) * inner) * MM
    return [_mass(scalp, thickness, 0.22, 75), cards]


def uncovered(scalp: Scalp) -> Ints:
    """Return the skin's triangles ``(m, 3)`` that hair does not surely hide."""
    triangles = scalp.skin.draft.triangles
    depth = _depth(scalp, scalp.skin.draft.points, 0.014)
    inside = np.minimum(depth, scalp.share)[triangles].min(axis=1) > 0.98
    return np.asarray(triangles[~inside])
