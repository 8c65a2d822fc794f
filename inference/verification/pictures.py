"""Pictures that engines are tried on."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from inference.types.face import Pixels


def pixels_of(picture: bytes) -> Pixels:
    """Return a picture file as uint8 RGB ``(height, width, 3)``. Raises OSError."""
    with Image.open(io.BytesIO(picture)) as image:
        return np.asarray(image.convert("RGB"))


def grey_picture(side: int = 256) -> bytes:
    """Return a PNG that shows nothing."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), (128, 128, 128)).save(file, "PNG")
    return file.getvalue()
