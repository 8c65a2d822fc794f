"""The tutors' files, loaded once for all tests, and measures on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.engines.avatars.head_file import load_head
from inference.engines.avatars.head_model import HeadModel, Part

TUTORS = Path(__file__).resolve().parents[4] / "inference/static/inference/tutors"
NAMES = ("ada", "jonas", "mei")
Floats = npt.NDArray[np.float32]


@cache
def head(name: str) -> HeadModel:
    return load_head(TUTORS / f"{name}.glb")


def part(model: HeadModel, name: str) -> Part:
    return next(part for part in model.parts if part.name == name)


def moved(model: HeadModel, name: str, target: str) -> Floats:
    """Return a part's points under one whole target."""
    chosen = part(model, name)
    points = chosen.points.copy()
    if target in chosen.targets:
        rows, offsets = chosen.targets[target]
        points[rows] += offsets
    return points


def frontmost(points: Floats, near_x: float = 0.0, width: float = 0.0035) -> Floats:
    """Return the points of a narrow upright strip, for measures along the midline."""
    return np.asarray(points[np.abs(points[:, 0] - near_x) < width])


def mouth_height(model: HeadModel) -> float:
    """Return where the lips meet at rest, in metres: the upper incisors' edge or so."""
    teeth = part(model, "teeth_upper").points
    front = teeth[teeth[:, 2] > teeth[:, 2].max() - 0.006]
    return float(front[:, 1].min())
