"""Finds faces: read from a file beside the portrait, or by MediaPipe where installed.

The file is JSON: ``{"faces": [...]}``, one face for all pictures or one for each, as
``{"box": [left, top, right, bottom]}`` (the middle of the box is the middle of the nose)
or ``{"jaw": [[x, y], ...], "nose_y": y}``, in pixels of the source.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled
from inference.types.face import Pixels

from .face_shape import FaceShape, shape_in

# MediaPipe's face mesh: the lower part of the oval, ear to ear, and the nose's bridge.
_JAW = (
    234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397,
    288, 361, 323, 454,
)  # fmt: skip
_BETWEEN_THE_EYES, _TIP_OF_THE_NOSE = 168, 4
_DOWN_THE_BRIDGE = 2 / 3
# A face may be lost for moments, as in a blur.
_LOST_AT_MOST = 0.2


def read_faces(text: str, n_pictures: int) -> list[FaceShape]:
    """Return a face for each picture. Raises StageError for a file that says otherwise."""
    try:
        faces = [_read(face) for face in json.loads(text)["faces"]]
    except (ValueError, KeyError, TypeError) as broken:
        raise unusable(f"its file of faces cannot be read ({broken})") from broken
    if len(faces) == 1:
        return faces * n_pictures
    if len(faces) != n_pictures:
        raise unusable(f"its file has {len(faces)} faces for {n_pictures} pictures")
    return faces


def find_faces(pictures: Sequence[Pixels], cancelled: Cancelled) -> list[FaceShape]:
    """Return the face in each picture.

    Raises StageError ``video.no_face`` without one or with two, EngineUnavailable where
    nobody can look.
    """
    if find_spec("mediapipe") is None:
        raise EngineUnavailable(
            "engine.library_missing",
            "Faces are found by MediaPipe, which is not installed here: "
            "pip install mediapipe==0.10.14 in an environment that prepares avatars, or "
            "put a file of faces beside the portrait, as docs/engines.md says",
            retryable=False,
        )
    import mediapipe

    found: list[FaceShape | None] = []
    with mediapipe.solutions.face_mesh.FaceMesh(
        static_image_mode=len(pictures) == 1, max_num_faces=2, refine_landmarks=True
    ) as mesh:
        for picture in pictures:
            if cancelled.is_set():
                return []
            faces = mesh.process(picture).multi_face_landmarks or ()
            if len(faces) > 1:
                raise unusable("there is more than one face in it")
            height, width = picture.shape[:2]
            found.append(_shape(faces[0], width, height) if faces else None)
    return without_gaps(found)


def without_gaps(found: Sequence[FaceShape | None]) -> list[FaceShape]:
    """Return faces with the missing ones taken from the nearest picture that has one.

    Raises StageError where more than a fifth is missing.
    """
    known = [i for i, face in enumerate(found) if face is not None]
    if len(found) - len(known) > _LOST_AT_MOST * len(found):
        raise unusable("no face is seen in it")
    nearest = [min(known, key=lambda k: (abs(k - i), k)) for i in range(len(found))]
    return [face for i in nearest if (face := found[i]) is not None]


def unusable(words: str) -> StageError:
    """Return the error of a portrait that cannot become an avatar."""
    return StageError("video.no_face", f"The portrait: {words}", retryable=False)


def _read(face: dict[str, Any]) -> FaceShape:
    if "box" in face:
        left, top, right, bottom = (float(edge) for edge in face["box"])
        return shape_in(left, top, right, bottom)
    jaw = np.array(face["jaw"], np.float32)
    if jaw.ndim != 2 or jaw.shape[1] != 2 or len(jaw) < 3 or not np.isfinite(jaw).all():
        raise ValueError("a jaw is a list of at least three points")
    return FaceShape(jaw, float(face["nose_y"]))


def _shape(face: Any, width: int, height: int) -> FaceShape:
    points = np.array(
        [(mark.x * width, mark.y * height) for mark in face.landmark], np.float32
    )
    top, tip = points[_BETWEEN_THE_EYES, 1], points[_TIP_OF_THE_NOSE, 1]
    return FaceShape(points[list(_JAW)], float(top + (tip - top) * _DOWN_THE_BRIDGE))
