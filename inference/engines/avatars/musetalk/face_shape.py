"""Where a face is in a picture, and the box that MuseTalk sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .architecture import CHIN_MARGIN, Floats

# Smaller faces would be painted at a multiple of their own resolution.
SMALLEST_FACE = 64
_HALF_ELLIPSE_POINTS = 17
_SMOOTHED_OVER = 2


@dataclass(frozen=True, slots=True)
class FaceShape:
    """A face by its jaw and the middle of its nose, in pixels, y downwards.

    ``jaw`` is ``(n, 2)``, from ear to ear round the chin. ``nose_y`` is two thirds down
    the bridge of the nose: there MuseTalk parts a face in the half that it sees and the
    half that it paints.
    """

    jaw: Floats
    nose_y: float

    def placed(self, left: float, top: float, scale: float) -> FaceShape:
        """Return the shape in a part of the picture that begins at left and top."""
        return FaceShape(
            (self.jaw - np.array([left, top], np.float32)) * np.float32(scale),
            (self.nose_y - top) * scale,
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture: columns ``left`` to ``right``, rows ``top`` to ``bottom``."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.bottom - self.top


def shape_in(left: float, top: float, right: float, bottom: float) -> FaceShape:
    """Return a face that fills a box: its lower half is half an ellipse.

    Raises ValueError for a box without an inside.
    """
    if not (right > left and bottom > top):
        raise ValueError("the box of the face has no inside")
    middle = (left + right) / 2, (top + bottom) / 2
    angles = np.linspace(np.pi, 0.0, _HALF_ELLIPSE_POINTS)
    jaw = np.stack(
        [
            middle[0] + (right - left) / 2 * np.cos(angles),
            middle[1] + (bottom - top) / 2 * np.sin(angles),
        ],
        axis=1,
    )
    return FaceShape(jaw.astype(np.float32), middle[1])


def face_box(shape: FaceShape, width: int, height: int) -> Box:
    """Return the box that MuseTalk sees: as far above the nose as the chin is below it.

    With the margin below the chin that v1.5 was trained with. Raises ValueError where the
    face is too small or not whole inside the picture of ``width`` and ``height``.
    """
    chin_y = float(shape.jaw[:, 1].max())
    left, right = float(shape.jaw[:, 0].min()), float(shape.jaw[:, 0].max())
    box = Box(
        max(round(left), 0),
        max(round(2 * shape.nose_y - chin_y), 0),
        min(round(right), width),
        min(round(chin_y) + CHIN_MARGIN, height),
    )
    if box.width < SMALLEST_FACE or box.height < SMALLEST_FACE:
        raise ValueError("the face is too small, or not whole inside the picture")
    return box


def steady(shapes: Sequence[FaceShape]) -> list[FaceShape]:
    """Return the shapes without the jitter of a finder: means over five pictures."""
    found = []
    for i in range(len(shapes)):
        reach = min(_SMOOTHED_OVER, i, len(shapes) - 1 - i)
        near = shapes[i - reach : i + reach + 1]
        found.append(
            FaceShape(
                np.mean([each.jaw for each in near], axis=0, dtype=np.float32),
                float(np.mean([each.nose_y for each in near])),
            )
        )
    return found
