"""Brows: two layers of cards on the brow ridge that move as one with the bone beneath."""

from __future__ import annotations

import numpy as np

from .binding import bind, nearest_points
from .canvas import Bytes, as_bytes, colour, mixed
from .draft import Draft, grid_triangles, joined, rigid, smoothstep
from .landmarks import Landmarks
from .paint_parts import dab
from .person import Person
from .skin_mesh import Skin
from .source import Floats, Ints

MM = 0.001
_COLUMNS = 21
# Place beside and above the eye's centre in millimetres, from the inner to the outer end.
_ARC = {
    "female": (
        (-15.5, 18.9),
        (-9, 20.2),
        (0, 21.9),
        (8, 22.5),
        (14, 21.0),
        (22.5, 16.6),
    ),
    "male": ((-16.5, 17.0), (-9, 18.2), (0, 19.4), (9, 19.8), (15, 18.6), (23.5, 14.6)),
}
_HEIGHT = {
    "female": (6.0, 6.6, 6.0, 5.2, 4.2, 2.4),
    "male": (6.8, 8.0, 8.0, 7.2, 6.0, 3.4),
}


def build_brows(person: Person, skin: Skin, marks: Landmarks) -> Draft:
    """Return the cards of both brows."""
    front = np.flatnonzero(
        (skin.draft.points[:, 2] > marks.eyes[0, 2] - 0.02)
        & (skin.draft.points[:, 1] > marks.eyes[0, 1] + 0.006)
        & (skin.draft.points[:, 1] < marks.eyes[0, 1] + 0.05)
    )
    cards = []
    for eye in marks.eyes:
        for layer in (0, 1):
            cards.append(_card(person, skin, marks, eye, front, layer))
    return joined("brows", cards)


def _card(
    person: Person, skin: Skin, marks: Landmarks, eye: Floats, front: Ints, layer: int
) -> Draft:
    side = np.sign(eye[0])
    arc = np.asarray(_ARC[person.sex], float) * MM * marks.unit
    tall = np.asarray(_HEIGHT[person.sex]) * MM * marks.unit * person.brow_weight
    at = np.linspace(0, 1, _COLUMNS)
    knots = np.linspace(0, 1, len(arc))
    x = eye[0] + side * np.interp(at, knots, arc[:, 0])
    y = eye[1] + np.interp(at, knots, _smoothed(arc[:, 1], at, knots))
    height = np.interp(at, knots, tall)
    rows, shares = [], (-0.5, 0.0, 0.5)
    for share in shares:
        flat = np.stack([x, y + share * height, np.zeros_like(x)], 1)
        rows.append(_onto(flat, skin, front, (0.5 + 0.5 * layer) * MM))
    middle = rows[1]
    follow = bind(middle, skin, front, nearest=8)
    points = np.concatenate(rows)
    v = np.repeat([0.98 - (s + 0.5) * 0.96 for s in shares], _COLUMNS)
    u = np.tile(0.01 + 0.98 * at, len(shares))
    v = v / 2 + 0.5 * layer
    triangles = grid_triangles(len(shares), _COLUMNS)
    draft = rigid("brow", points, np.stack([u, v], 1), triangles, "brows")
    draft.deform = lambda offsets: np.tile(follow(offsets), (len(shares), 1))
    draft.normals = np.tile(_normal_at(middle, skin, front), (len(shares), 1))
    return draft


def _smoothed(values: Floats, at: Floats, knots: Floats) -> Floats:
    fit = np.polynomial.Polynomial.fit(knots, values, 4)
    return np.asarray(fit(knots))


def _onto(flat: Floats, skin: Skin, front: Ints, above: float) -> Floats:
    """Lay points ``(n, 3)`` on the skin seen from the front, ``above`` it in metres."""
    points = skin.draft.points[front]
    laid = flat.copy()
    for i, point in enumerate(flat):
        away = np.hypot(points[:, 0] - point[0], points[:, 1] - point[1])
        best = np.argpartition(away, 6)[:6]
        # A plane through the nearest points, so that cards are smooth between them.
        near = points[best]
        weight = 1 / (away[best] + 3e-4)
        system = np.c_[near[:, :2] - point[:2], np.ones(6)] * weight[:, None]
        laid[i, 2] = np.linalg.lstsq(system, near[:, 2] * weight, rcond=None)[0][2]
    return laid + _normal_at(laid, skin, front) * above


def _normal_at(places: Floats, skin: Skin, front: Ints) -> Floats:
    return skin.draft.lit[nearest_points(places, skin, front)]


def paint_brows(person: Person, size: int = 512) -> Bytes:
    """Return strokes that rise at the inner end and lie down towards the outer one."""
    tall = size // 4
    alpha = np.zeros((tall, size))
    rng = np.random.default_rng(23)
    for layer, count in ((0, 330), (1, 230)):
        for _ in range(count):
            u = rng.uniform(0.0, 0.97)
            if rng.random() > 0.35 + 4.5 * u:
                continue
            row = rng.uniform(-0.46, 0.40) * (1 - 0.25 * abs(2 * u - 1))
            steep = np.interp(u, [0, 0.15, 0.45, 1], [1.2, 0.85, 0.35, -0.1])
            steep += rng.normal(0, 0.14) - 0.6 * row * (u > 0.3)
            length = rng.uniform(0.09, 0.15) * (1 - 0.25 * u)
            for share in np.linspace(0, 1, 40):
                x = u + length * share * np.cos(steep) * 0.8
                y = row + 3.2 * length * share * np.sin(steep) * (1 - 0.35 * share)
                if x < 0.99 and abs(y) < 0.49:
                    v = (0.5 - y) / 2 * 0.98 + 0.005 + 0.5 * layer
                    dab(alpha, x * size, v * tall, 1.8 * (1 - 0.75 * share))
    # A soft shade under the strokes makes them one brow.
    v, u = (np.mgrid[:tall, :size] + 0.5) / np.array([tall, size])[:, None, None]
    across = np.abs(2 * ((2 * v) % 1) - 1)
    shade = (
        smoothstep(0.84, 0.3, across) * smoothstep(0, 0.3, u) * smoothstep(1, 0.86, u)
    )
    alpha = np.maximum(alpha * 0.62, 1.05 * shade)
    # Darker where hairs lie close together; single dark dots would be seen as such.
    tone = np.broadcast_to(colour(person.brow), (tall, size, 3)).copy()
    tone = mixed(tone, tone * 0.8, smoothstep(0.2, 0.9, shade))
    return as_bytes(tone, np.clip(alpha, 0, 1))
