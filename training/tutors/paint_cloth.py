"""Cloth: knit, and the collar's ribs."""

from __future__ import annotations

import numpy as np

from .canvas import Bytes, as_bytes, colour, noise
from .person import Person

_SHIRT = "#e9e6df"


def paint_cloth(person: Person, size: int = 512) -> Bytes:
    """Return cloth in the upper four fifths, the strips of the collars below."""
    v, u = (np.mgrid[:size, :size] + 0.5) / size
    place = np.stack([u, v, 0 * u], -1)
    tone = 0.06 * noise(place, 5, octaves=3, seed=81)
    stitch = np.abs(((u * 110) % 1) - 0.5) * 2
    knit = 0.10 * np.cos(2 * np.pi * (v * 120 + 0.55 * stitch)) + 0.07 * (stitch - 0.5)
    image = colour(person.cloth) * (1 + tone + knit)[..., None]
    ribs = 0.16 * np.cos(np.pi * u * (120 if person.garment == "roll" else 150))
    collar = colour(person.trim) * (1 + ribs + tone)[..., None]
    image = np.where((v > 0.81)[..., None], collar, image)
    shirt = (
        colour(_SHIRT) * (1 + 0.03 * np.cos(np.pi * u * 240) + 0.3 * tone)[..., None]
    )
    return as_bytes(np.where((v > 0.9)[..., None], shirt, image))
