"""From pictures of a portrait to poses: crops them, finds the face, encodes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from inference.protocols import Cancelled
from inference.types.face import SIZE, Pixels

from .architecture import CROP
from .face_finding import unusable
from .face_shape import Box, FaceShape, face_box, steady
from .mask import jaw_mask
from .network import Network
from .prepared import Pose

FindFaces = Callable[[Sequence[Pixels], Cancelled], list[FaceShape]]
_BATCH = 8


def poses_of(
    pictures: Sequence[Pixels],
    find: FindFaces,
    network: Network,
    cancelled: Cancelled,
) -> tuple[Pose, ...]:
    """Return a pose for each picture, none once cancelled.

    Raises StageError ``video.no_face`` for a portrait without one whole face.
    """
    shapes = find(pictures, cancelled)
    if cancelled.is_set() or not shapes:
        return ()
    square = _square(shapes, *pictures[0].shape[:2])
    scale = SIZE / square.width
    shown = [_resized(picture, square, SIZE) for picture in pictures]
    shapes = steady([s.placed(square.left, square.top, scale) for s in shapes])
    try:
        boxes = [face_box(shape, SIZE, SIZE) for shape in shapes]
    except ValueError as small:
        raise unusable(str(small)) from small
    crops = [_resized(p, box, CROP) for p, box in zip(shown, boxes, strict=True)]
    poses: list[Pose] = []
    for first in range(0, len(crops), _BATCH):
        if cancelled.is_set():
            return ()
        latents = network.latents(crops[first : first + _BATCH])
        for i, each in enumerate(latents, start=first):
            mask = jaw_mask(shapes[i], boxes[i])
            poses.append(Pose(shown[i], boxes[i], mask, each))
    return tuple(poses)


def _square(shapes: Sequence[FaceShape], height: int, width: int) -> Box:
    """Return the largest square of the picture, its middle as near to the face as can be."""
    side = min(width, height)
    points = np.concatenate([shape.jaw for shape in shapes])
    middle_x = float(points[:, 0].min() + points[:, 0].max()) / 2
    middle_y = float(np.mean([shape.nose_y for shape in shapes]))
    left = round(min(max(middle_x - side / 2, 0), width - side))
    top = round(min(max(middle_y - side / 2, 0), height - side))
    return Box(left, top, left + side, top + side)


def _resized(picture: Pixels, box: Box, side: int) -> Pixels:
    part = np.ascontiguousarray(picture[box.top : box.bottom, box.left : box.right])
    if part.shape[:2] == (side, side):
        return part
    image = Image.fromarray(part).resize((side, side), Image.Resampling.LANCZOS)
    return np.array(image, np.uint8)
