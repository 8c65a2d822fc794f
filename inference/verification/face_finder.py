"""What every face finder keeps to."""

from __future__ import annotations

import numpy as np

from inference.protocols import FaceFinder
from inference.types.face import Pixels

from .checks import Check, expect
from .material import Material
from .pictures import pixels_of


def _nothing(height: int, width: int) -> Pixels:
    """Return grey noise of this size."""
    return np.random.default_rng(1).integers(90, 130, (height, width, 3), np.uint8)


def _finds_one(engine: FaceFinder, material: Material) -> None:
    expect(bool(material.picture), "give a picture of one face: PICTURE=file")
    pixels = pixels_of(material.picture)
    faces = engine.find(pixels)
    expect(len(faces) == 1, f"{len(faces)} faces in a picture of one")
    height, width = pixels.shape[:2]
    x = faces[0].left + faces[0].width / 2
    y = faces[0].top + faces[0].height / 2
    expect(0 < x < width and 0 < y < height, "the face is outside of the picture")
    expect(0.0 <= faces[0].score <= 1.0, "a score is not in [0, 1]")
    beside = engine.find(np.concatenate([pixels, pixels], axis=1))
    expect(len(beside) == 2, f"{len(beside)} faces in the same picture twice")


def _finds_none(engine: FaceFinder, material: Material) -> None:
    for size in ((64, 64), (300, 420), (1000, 130)):
        expect(engine.find(_nothing(*size)) == (), "a face in noise")


CHECKS = (
    Check("finds the face of a portrait", _finds_one),
    Check("finds none where there is none", _finds_none),
)
