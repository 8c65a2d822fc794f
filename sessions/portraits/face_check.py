"""A picture that shall become a tutor: read, and looked at for a face."""

from __future__ import annotations

import io
import logging

import numpy as np
from django.utils.translation import gettext as _
from PIL import Image

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import FaceFinder
from inference.stages.stage import EngineKind
from inference.types.picture import FaceBox
from learners.portrait_picture import PortraitPicture, PortraitRefused

logger = logging.getLogger(__name__)

# A mouth of a smaller face has too few pixels to speak with.
MIN_FACE_PIXELS = 96
# A face this much smaller than the largest one hangs on a wall behind it.
_IN_BACKGROUND_BELOW = 0.1


def check_face(picture: PortraitPicture) -> bool:
    """Return True for a picture of one face, False where nobody can tell here.

    Raises PortraitRefused ``portrait.no_face``, ``portrait.several_faces`` or
    ``portrait.face_too_small``.
    """
    try:
        finder: FaceFinder = get_engine(EngineKind.FACE_FINDER)
        with Image.open(io.BytesIO(picture.png)) as image:
            faces = finder.find(np.asarray(image.convert("RGB")))
    except StageError as error:
        logger.warning("a portrait goes unchecked: %s", error.code)
        return False
    _refuse(faces)
    return True


def _refuse(faces: tuple[FaceBox, ...]) -> None:
    if not faces:
        raise PortraitRefused(
            "portrait.no_face",
            _("No face was found. Choose a picture of one face, seen from the front."),
        )
    areas = sorted((face.width * face.height for face in faces), reverse=True)
    if len(areas) > 1 and areas[1] >= _IN_BACKGROUND_BELOW * areas[0]:
        raise PortraitRefused(
            "portrait.several_faces",
            _("There is more than one face. Choose a picture of one person."),
        )
    largest = max(faces, key=lambda face: face.width * face.height)
    if min(largest.width, largest.height) < MIN_FACE_PIXELS:
        raise PortraitRefused(
            "portrait.face_too_small",
            _("The face is too small. Cut the picture to head and shoulders."),
        )
