"""Small textures: eye, mouth, lashes, lid shadow."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .canvas import Bytes, as_bytes, colour, mixed, noise
from .draft import smoothstep
from .eyes import IRIS_DEGREES, LAST_DEGREES
from .mouth import GUM_BOX, TONGUE_BOX, TOOTH_BOX
from .person import Person
from .source import Floats


def paint_eye(person: Person, size: int = 512) -> Bytes:
    """Return an eye seen along its axis: pupil, fibres, dark ring, veined white."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size - 0.5
    degrees = np.hypot(x, y) * 2 * LAST_DEGREES
    about = np.arctan2(y, x)
    iris = degrees / IRIS_DEGREES
    flat = np.stack([np.cos(about), np.sin(about), iris * 0.25], -1)
    fibres = noise(flat, 11, octaves=3, seed=1) * smoothstep(0.3, 0.6, iris)
    base = colour(person.iris)
    inner = base * (1.35, 1.22, 1.05)
    ring = mixed(
        np.broadcast_to(base, (size, size, 3)).copy(),
        inner,
        1 - smoothstep(0.42, 0.75, iris),
    )
    ring = ring * (1 + 0.32 * fibres)[..., None]
    # Light from above falls through the cornea on the lower half.
    ring = (
        ring
        * (1 + 0.35 * smoothstep(-0.05, 0.06, y) * smoothstep(0.35, 0.7, iris))[
            ..., None
        ]
    )
    ring = mixed(ring, base * 0.22, smoothstep(0.80, 1.0, iris))
    ring = mixed(ring, np.array([0.012, 0.01, 0.012]), 1 - smoothstep(0.36, 0.43, iris))
    white = np.broadcast_to(np.array([0.84, 0.82, 0.80]), (size, size, 3)).copy()
    place = np.stack([x, y, x * 0], -1)
    veins = smoothstep(0.72, 0.98, 1 - np.abs(noise(place, 16, octaves=3, seed=3)))
    white = mixed(
        white, np.array([0.80, 0.52, 0.48]), 0.14 * veins * smoothstep(40, 75, degrees)
    )
    white = mixed(
        white, np.array([0.80, 0.62, 0.58]), 0.75 * smoothstep(44, 76, degrees)
    )
    image = mixed(ring, white, smoothstep(0.95, 1.06, iris))
    return as_bytes(image)


def paint_mouth(size: int = 256) -> Bytes:
    """Return teeth, gums and tongue in their boxes."""
    image = np.full((size, size, 3), 0.4)
    _box(image, TOOTH_BOX, _tooth)
    _box(image, GUM_BOX, _gum)
    _box(image, TONGUE_BOX, _tongue)
    return as_bytes(image)


def _box(
    image: Floats,
    box: tuple[float, float, float, float],
    paint: Callable[[Floats, Floats], Floats],
) -> None:
    size = len(image)
    left, top, right, bottom = (round(edge * size) for edge in box)
    v, u = np.mgrid[top - 4 : bottom + 4, left - 4 : right + 4].astype(float)
    u = np.clip((u - left) / (right - left), 0, 1)
    v = np.clip((v - top) / (bottom - top), 0, 1)
    image[top - 4 : bottom + 4, left - 4 : right + 4] = paint(u, v)


def _tooth(u: Floats, v: Floats) -> Floats:
    base = np.broadcast_to(np.array([0.90, 0.87, 0.80]), (*u.shape, 3)).copy()
    base = mixed(base, np.array([0.86, 0.79, 0.66]), 1 - smoothstep(0.0, 0.35, v))
    base = mixed(base, np.array([0.80, 0.81, 0.82]), 0.5 * smoothstep(0.8, 1.0, v))
    side = np.abs(2 * u - 1)
    return mixed(base, base * 0.62, smoothstep(0.78, 1.0, side))


def _gum(u: Floats, v: Floats) -> Floats:
    base = np.broadcast_to(np.array([0.76, 0.42, 0.41]), (*u.shape, 3)).copy()
    base = mixed(base, np.array([0.84, 0.54, 0.52]), 1 - smoothstep(0.2, 0.45, v))
    return base * (1 - 0.5 * smoothstep(0.6, 1.0, v))[..., None]


def _tongue(u: Floats, v: Floats) -> Floats:
    place = np.stack([u, v, u * 0], -1)
    base = np.broadcast_to(np.array([0.80, 0.42, 0.42]), (*u.shape, 3)).copy()
    base = base * (1 + 0.07 * noise(place, 60, octaves=2, seed=6))[..., None]
    base = mixed(
        base,
        base * 0.68,
        np.exp(-(((u - 0.5) / 0.035) ** 2)) * smoothstep(0.05, 0.3, v),
    )
    return base * (1 - 0.62 * smoothstep(0.25, 1.0, v))[..., None]


def paint_lashes(person: Person, size: int = 256) -> Bytes:
    """Return tapering lashes: the upper row in the upper half, the lower below."""
    alpha = np.zeros((size, size))
    rng = np.random.default_rng(11)
    for top, count, thick in ((0.0, 74, 1.9), (0.5, 44, 1.2)):
        for start in np.linspace(0.015, 0.985, count):
            lean = rng.normal(0, 0.012) + 0.02 * (start - 0.5)
            length = rng.uniform(0.7, 1.0)
            for share in np.linspace(0, 1, 80):
                v = top + 0.02 + 0.46 * (1 - share * length)
                u = start + lean * share**2
                dab(alpha, u * size, v * size, thick * (1 - 0.85 * share))
    tone = mixed(
        np.zeros((size, size, 3)), colour(person.hair), np.full((size, size), 0.25)
    )
    return as_bytes(tone, np.clip(alpha, 0, 1))


def dab(alpha: Floats, x: float, y: float, radius: float) -> None:
    """Draw a soft dot of ``radius`` texels at ``x, y`` into ``alpha``."""
    tall, wide = alpha.shape
    x0, x1 = max(0, int(x - radius - 1)), min(wide, int(x + radius + 2))
    y0, y1 = max(0, int(y - radius - 1)), min(tall, int(y + radius + 2))
    if x0 < x1 and y0 < y1:
        yy, xx = np.mgrid[y0:y1, x0:x1] + 0.5
        spot = np.clip(radius + 0.5 - np.hypot(xx - x, yy - y), 0, 1)
        alpha[y0:y1, x0:x1] = np.maximum(alpha[y0:y1, x0:x1], spot)


def paint_lid_shadow(size: int = 64) -> Bytes:
    """Return the veil of the lids: black, its alpha fading away from the margin."""
    v, u = (np.mgrid[:size, :size] + 0.5) / size
    upper = v < 0.5
    depth = np.where(upper, (v - 0.02) / 0.46, (v - 0.5) / 0.46)
    strength = np.where(upper, 0.75, 0.4)
    ends = smoothstep(0.0, 0.06, u) * smoothstep(1.0, 0.94, u)
    alpha = strength * (1 - smoothstep(0.1, 1.0, depth)) * (0.5 + 0.5 * ends)
    alpha = np.where((depth < 0) | (depth > 0.98), 0, alpha)
    return as_bytes(np.full((size, size, 3), 0.05), np.clip(alpha, 0, 1))
