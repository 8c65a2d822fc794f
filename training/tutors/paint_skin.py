"""Skin: blood under it, pores in it, lips, lids, freckles, stubble and the scalp's shade."""

from __future__ import annotations

import numpy as np

from .canvas import Bytes, Canvas, as_bytes, canvas_of, colour, mixed, noise
from .draft import smoothstep
from .hairline import scalp_share
from .landmarks import Landmarks, bump
from .person import Person
from .skin_mesh import Skin
from .source import Floats


def paint_skin(
    person: Person, skin: Skin, marks: Landmarks, ear: Floats, size: int
) -> Bytes:
    """Return the texture ``(size, size, 4)``; ``ear`` ``(n,)`` marks points of the ears."""
    values = np.stack(
        [
            *skin.draft.points.T,
            *(skin.attributes[k] for k in ("lip", "lid", "inside")),
            ear,
        ],
        axis=1,
    )
    canvas = canvas_of(skin.draft.uv, skin.draft.triangles, values, size)
    places = canvas.values[..., :3].astype(np.float64)
    image = np.broadcast_to(colour(person.skin), places.shape).copy()
    image = _blood(image, person, places, canvas, marks)
    image = _grain(image, person, places)
    image = _eyes(image, person, places, canvas, marks)
    image = _freckles(image, person, places, marks)
    image = _lines(image, person, places, marks)
    image = _stubble(image, person, places, canvas, marks)
    image = _scalp(image, person, places, canvas, marks)
    image = _lips(image, person, places, canvas, marks)
    image = _inside(image, canvas, places, marks)
    image[~canvas.covered] = colour(person.skin)
    return as_bytes(image)


def _blood(
    image: Floats, person: Person, p: Floats, canvas: Canvas, marks: Landmarks
) -> Floats:
    u = marks.unit
    flush = np.zeros(p.shape[:2])
    for eye in marks.eyes:
        side = np.sign(eye[0])
        cheek = np.array(
            [eye[0] + side * 0.009 * u, marks.nose_tip[1] + 0.006 * u, eye[2]]
        )
        flush += 0.9 * bump(p, cheek, np.array([0.026, 0.021, 0.05]) * u)
    flush += 0.75 * bump(p, marks.nose_tip, 0.013 * u)
    flush += 0.3 * bump(p, marks.chin, 0.014 * u)
    flush += 0.5 * canvas.values[..., 6]
    flush *= 1 + 0.3 * noise(p, 90, octaves=3, seed=1)
    red = image * (1.04, 0.76, 0.72)
    image = mixed(image, red, np.clip(person.flush * flush, 0, 0.8))
    # Thin skin over bone is paler and yellower; the jaw is cooler.
    brow = bump(p, np.array([0, 0.052 * u, 0.0]), np.array([0.04, 0.022, 0.2]) * u)
    image = mixed(image, image * (1.03, 1.03, 0.99), 0.7 * brow)
    patches = noise(p, 45, octaves=3, seed=2)
    tone = 1 + 0.022 * patches[..., None] * np.array([0.7, 1.0, 1.1])
    return np.asarray(image * tone)


def _grain(image: Floats, person: Person, p: Floats) -> Floats:
    fine = noise(p, 900, octaves=2, seed=3)
    pores = np.clip(noise(p, 620, seed=4) - 0.35, 0, 1)
    deep = 0.018 * (1 + 0.6 * person.lines)
    return image * (1 + deep * fine - 0.05 * pores)[..., None]


def _eyes(
    image: Floats, person: Person, p: Floats, canvas: Canvas, marks: Landmarks
) -> Floats:
    u, lid = marks.unit, canvas.values[..., 4].astype(np.float64)
    for eye in marks.eyes:
        under = bump(p, eye + (0, -0.0155 * u, 0), np.array([0.015, 0.0052, 0.05]) * u)
        shade = image * (0.86, 0.80, 0.84)
        image = mixed(image, shade, under * (0.34 + 0.3 * person.lines))
        over = bump(p, eye + (0, 0.011 * u, 0), np.array([0.017, 0.007, 0.05]) * u)
        tone = image * (0.86, 0.76, 0.76)
        image = mixed(image, tone, over * (0.36 + 0.4 * person.makeup))
    near = np.isfinite(lid) & (np.abs(p[..., 2] - marks.eyes[0, 2]) < 0.04)
    rim = (1 - smoothstep(2.3, 3.1, lid)) * near
    image = mixed(image, image * (0.86, 0.6, 0.58) + 0.06, 0.7 * rim)
    upper = p[..., 1] > marks.eyes[0, 1] - 0.002 * u
    outer = smoothstep(
        0.0, 0.02 * u, np.abs(p[..., 0]) - np.abs(marks.eyes[0, 0]) + 0.012 * u
    )
    liner = (1 - smoothstep(3.1, 4.3, lid)) * smoothstep(2.0, 2.9, lid) * near
    dark = np.where(upper, 0.55 + 0.35 * person.makeup, 0.25 * outer)
    return mixed(image, image * 0.22, liner * dark)


def _freckles(image: Floats, person: Person, p: Floats, marks: Landmarks) -> Floats:
    if not person.freckles:
        return image
    u = marks.unit
    middle = np.array([0, marks.nose_tip[1] + 0.014 * u, marks.nose_tip[2] - 0.02])
    where = bump(p, middle, np.array([0.048, 0.024, 0.06]) * u)
    spots = smoothstep(0.52, 0.72, noise(p, 330, seed=9) + 0.25 * noise(p, 60, seed=10))
    return mixed(image, image * (0.80, 0.66, 0.55), person.freckles * where * spots)


def _lines(image: Floats, person: Person, p: Floats, marks: Landmarks) -> Floats:
    """Paint forehead lines, crow's feet and the folds beside the nose, softly."""
    if not person.lines:
        return image
    u, lines = marks.unit, np.zeros(p.shape[:2])
    wave = 0.003 * np.cos(p[..., 0] / (0.02 * u)) + 0.0012 * noise(p, 70, seed=21)
    for height in (0.036, 0.044, 0.052):
        away = p[..., 1] - height * u - wave
        front = smoothstep(0.042 * u, 0.02 * u, np.abs(p[..., 0]))
        lines += 0.6 * np.exp(-((away / (0.0009 * u)) ** 2)) * front
    for eye in marks.eyes:
        side = np.sign(eye[0])
        x = (p[..., 0] - eye[0]) * side - 0.0185 * u
        for slope, start in ((0.42, 0.002), (0.05, -0.002), (-0.4, -0.006)):
            away = p[..., 1] - eye[1] - start * u - slope * x
            reach = smoothstep(0, 0.003 * u, x) * (
                1 - smoothstep(0.007 * u, 0.013 * u, x)
            )
            lines += 0.8 * np.exp(-((away / (0.0007 * u)) ** 2)) * reach
    lines *= p[..., 2] > marks.eyes[0, 2] - 0.045
    return mixed(
        image, image * (0.74, 0.64, 0.62), np.clip(person.lines * 0.6 * lines, 0, 0.6)
    )


def _stubble(
    image: Floats, person: Person, p: Floats, canvas: Canvas, marks: Landmarks
) -> Floats:
    if not person.stubble:
        return image
    share = beard_share(p, canvas.values[..., 3].astype(np.float64), marks)
    dots = smoothstep(0.1, 0.6, noise(p, 2300, seed=31) + 0.2 * noise(p, 400, seed=32))
    shade = mixed(
        image, colour(person.hair) * 0.7 + image * 0.22, np.full(share.shape, 0.6)
    )
    image = mixed(image, shade, share * person.stubble * 0.5)
    return mixed(image, colour(person.hair) * 0.8, share * dots * person.stubble * 0.4)


def beard_share(p: Floats, lip: Floats, marks: Landmarks) -> Floats:
    """Return where a beard grows ``(h, w)``: moustache, chin, jaw and a little of the neck."""
    u, x = marks.unit, np.abs(p[..., 0])
    corner = marks.corners[0]
    # The upper edge runs from below the nose over the corner's side up to the ear.
    edge = np.interp(
        x / u,
        [0, 0.010, 0.024, 0.034, 0.045, 0.056, 0.066, 0.08],
        [0.0125, 0.0125, 0.0085, -0.004, -0.002, 0.016, 0.046, 0.07],
    )
    ragged = 0.003 * noise(p, 150, octaves=2, seed=33)
    below = smoothstep(0.005, -0.005, p[..., 1] - corner[1] - edge * u + ragged)
    throat = smoothstep(marks.chin[1] - 0.055 * u, marks.chin[1] - 0.02 * u, p[..., 1])
    forward = smoothstep(marks.skull[2] - 0.012, marks.skull[2] + 0.012, p[..., 2])
    off_lips = smoothstep(7.0, 9.0, lip)
    return np.asarray(below * throat * forward * off_lips)


def _scalp(
    image: Floats, person: Person, p: Floats, canvas: Canvas, marks: Landmarks
) -> Floats:
    share = scalp_share(marks, p, person.sex, soft=0.0055, lift=0.001)
    share = share * (1 - smoothstep(0.1, 0.5, canvas.values[..., 6]))
    strands = 0.85 + 0.15 * noise(p * (1, 0.3, 0.5), 700, octaves=2, seed=41)
    return mixed(
        image, colour(person.hair) * 0.8, share * np.clip(strands, 0, 1) * 0.94
    )


def _lips(
    image: Floats, person: Person, p: Floats, canvas: Canvas, marks: Landmarks
) -> Floats:
    ring = canvas.values[..., 3].astype(np.float64)
    u = marks.unit
    near = (np.abs(p[..., 1] - marks.mouth[1]) < 0.03 * u) & (
        p[..., 2] > marks.mouth[2] - 0.05
    )
    ragged = 0.25 * noise(p, 400, seed=51)
    share = (1 - smoothstep(5.9, 7.3, ring + ragged)) * near
    x, y = p[..., 0], p[..., 1] - marks.mouth[1]
    creases = noise(np.stack([x, y * 0.12, x * 0], -1), 850, octaves=2, seed=52)
    body = smoothstep(2.6, 4.2, ring) * (1 - smoothstep(4.6, 6.6, ring))
    lips = colour(person.lips) * (1 + 0.05 * creases + 0.09 * body)[..., None]
    lips = mixed(lips, lips * 0.62, (1 - smoothstep(1.6, 3.6, ring)) * 0.7)
    lips = np.where((y > 0)[..., None], lips * 0.9, lips)
    return mixed(image, lips, share * (0.92 if person.sex == "female" else 0.7))


def _inside(image: Floats, canvas: Canvas, p: Floats, marks: Landmarks) -> Floats:
    share = smoothstep(0.3, 0.9, canvas.values[..., 5])
    depth = smoothstep(marks.mouth[2] - 0.045, marks.mouth[2] - 0.004, p[..., 2])
    flesh = mixed(
        np.broadcast_to(np.array([0.20, 0.06, 0.06]), p.shape).copy(),
        np.array([0.55, 0.24, 0.23]),
        depth,
    )
    return mixed(image, flesh, share)
