"""Locks of hair: three columns of cards that thin out, and one opaque column."""

from __future__ import annotations

import numpy as np

from .canvas import Bytes, as_bytes, colour, mixed, noise
from .draft import smoothstep
from .person import Person
from .source import Floats

_COLUMNS = 4


def paint_hair(person: Person, size: int = 512) -> Bytes:
    """Return the texture ``(size, size, 4)``: root above, tip below."""
    wide = size // _COLUMNS
    curly = person.haircut == "curls"
    image = np.zeros((size, size, 3))
    alpha = np.zeros((size, size))
    for column in range(_COLUMNS):
        solid = column == _COLUMNS - 1
        rng = np.random.default_rng(60 + column)
        tone, cover = (
            _curl_lock(rng, wide, size) if curly else _straight_lock(rng, wide, size)
        )
        part = slice(column * wide, (column + 1) * wide)
        image[:, part] = _coloured(person, tone, size)
        alpha[:, part] = 1.0 if solid else cover
    return as_bytes(image, alpha)


def _coloured(person: Person, tone: Floats, size: int) -> Floats:
    share = smoothstep(0.35, 1.0, np.linspace(0, 1, size))[:, None] * np.ones_like(tone)
    base = np.broadcast_to(colour(person.hair), (*tone.shape, 3)).copy()
    base = mixed(base, colour(person.hair_tip), share)
    grey = person.grey
    if grey:
        across = np.arange(tone.shape[1])[None, :] + 0 * tone
        down = np.linspace(0, 1.5, size)[:, None] + 0 * tone
        place = np.stack([across * 0.07, down, 0 * down], -1)
        silver = smoothstep(
            0.8 - 2 * grey, 1.4 - grey, noise(place, 1.0, octaves=2, seed=71)
        )
        base = mixed(base, np.array([0.66, 0.65, 0.64]), silver * 0.32)
    return base * (0.55 + 0.75 * tone)[..., None]


def _straight_lock(
    rng: np.random.Generator, wide: int, size: int
) -> tuple[Floats, Floats]:
    """Return tone and cover of a lock of straight hair, both 0 to 1."""
    u = np.broadcast_to((np.arange(wide) + 0.5) / wide, (size, wide))
    v = np.broadcast_to(((np.arange(size) + 0.5) / size)[:, None], (size, wide))
    seed = int(rng.integers(0, 1000))
    # Hairs draw together towards the tip and cross a little on the way.
    gather = 0.5 + (u - 0.5) * (1 + 0.5 * v**2)
    drift = 0.03 * noise(np.stack([u * 2, v * 2.0, 0 * u + seed], -1), 1.0, seed=seed)
    lane = gather + drift

    def hairs(frequency: float, number: int) -> Floats:
        place = np.stack([lane * frequency, v * 1.3, 0 * u + 7.3 * number], -1)
        return noise(place, 1.0, seed=seed + number)

    tone = 0.5 + 0.30 * hairs(5, 1) + 0.24 * hairs(12, 2) + 0.12 * hairs(26, 3)
    edge = np.abs(2 * u - 1)
    bare = -1.3 + 1.75 * smoothstep(0.45, 1.02, v) + 1.5 * smoothstep(0.45, 1.0, edge)
    cover = smoothstep(-0.22, 0.22, hairs(12, 4) + 0.5 * hairs(5, 5) - bare)
    return np.clip(tone, 0, 1), cover * smoothstep(1.0, 0.985, v)


def _curl_lock(rng: np.random.Generator, wide: int, size: int) -> tuple[Floats, Floats]:
    """Return tone and cover of a lock of small coils."""
    tone, cover = np.full((size, wide), 0.32), np.zeros((size, wide))
    yy, xx = np.mgrid[:size, :wide]
    for _ in range(17):
        centre, turns = rng.uniform(0.2, 0.8), rng.uniform(4.5, 8.0)
        radius, phase = rng.uniform(0.07, 0.15), rng.uniform(0, 6.3)
        last = rng.uniform(0.6, 0.98)
        value = rng.uniform(0.35, 0.95)
        for share in np.linspace(0, last, int(260 * last)):
            angle = phase + 2 * np.pi * turns * share
            grow = min(1.0, 0.4 + 2 * share)
            x = (centre + radius * grow * np.sin(angle)) * wide
            y = (0.01 + 0.97 * share + 0.012 * np.cos(angle)) * size
            lit = 0.45 + 0.55 * np.cos(angle)
            x0, y0 = int(x), int(y)
            part = (slice(max(0, y0 - 3), y0 + 4), slice(max(0, x0 - 3), x0 + 4))
            hit = np.clip(2.4 - np.hypot(xx[part] - x, yy[part] - y), 0, 1)
            tone[part] = tone[part] * (1 - hit) + value * (0.25 + 0.75 * lit) * hit
            cover[part] = np.maximum(cover[part], hit)
    return tone, cover
