"""A tutor's head as arrays: what the file holds, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .head_raster import CUT_OUT, SHADOW, SOLID, TWO_SIDED

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

JOINTS = ("torso", "neck", "head", "eye_left", "eye_right")
COVERS = {
    "solid": SOLID,
    "two_sided": TWO_SIDED,
    "cut_out": CUT_OUT,
    "shadow": SHADOW,
}


@dataclass(frozen=True, slots=True)
class Material:
    """How a surface covers and reflects.

    ``shine`` and ``sharpness`` shape the highlight, ``warmth`` (0 to 1) lets red light
    wrap around as in skin, ``sheen`` brightens grazing angles.
    """

    name: str
    texture: int
    cover: int = SOLID
    shine: float = 0.0
    sharpness: float = 20.0
    warmth: float = 0.0
    sheen: float = 0.0


@dataclass(frozen=True)
class Part:
    """One mesh: points ``(n, 3)`` in metres, triangles ``(m, 3)``, one material.

    ``tint`` ``(n, 3)`` darkens and colours, ``follows`` ``(n, 5)`` says how far a point
    follows each of ``JOINTS``. With ``own_normals`` the stored normals are kept;
    otherwise they follow the changing shape. ``targets`` holds what each morph target
    moves: numbers of points and offsets.
    """

    name: str
    points: Floats
    normals: Floats
    texture_points: Floats
    tint: Floats
    follows: Floats
    triangles: Ints
    material: Material
    own_normals: bool
    targets: Mapping[str, tuple[Ints, Floats]]


@dataclass(frozen=True)
class HeadModel:
    """A whole tutor. ``pivots`` are the rest places of ``JOINTS``, ``(5, 3)``."""

    name: str
    parts: tuple[Part, ...]
    textures: tuple[Bytes, ...]
    pivots: Floats

    @cached_property
    def target_names(self) -> tuple[str, ...]:
        """Return every morph target once, in the order of the parts."""
        return tuple(
            dict.fromkeys(name for part in self.parts for name in part.targets)
        )

    def weights(self, values: Mapping[str, float]) -> Floats:
        """Return ``(n_targets,)`` with the named values. Raises KeyError on a stranger."""
        places = {name: i for i, name in enumerate(self.target_names)}
        weights = np.zeros(len(places), np.float32)
        for name, value in values.items():
            weights[places[name]] = value
        return weights
