"""How much of each pixel is painted anew: jaw and mouth, fading out on all sides."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from .architecture import CHIN_MARGIN, Floats, Mask
from .face_shape import Box, FaceShape

# Of the box's longer side: how far the edges fade, and over what the jaw is left out.
_FADE = 0.04
# The ramp at the border, in fades: a painted face never meets the border of its box.
_RAMP = 2.0


def jaw_mask(shape: FaceShape, box: Box) -> Mask:
    """Return the mask of a face, uint8 ``(box.height, box.width)``, 0 on the border.

    The jaw below the middle of the nose, as much lower as its margin below the chin lets
    it drop, blurred.
    """
    fade = _FADE * max(box.width, box.height)
    jaw = shape.jaw - np.array([box.left, box.top], np.float32)
    # From the upper edge on both sides the polygon follows the jaw.
    upper = (shape.nose_y - box.top) + fade
    chin = float(jaw[:, 1].max())
    below = np.clip((jaw[:, 1] - upper) / max(chin - upper, 1.0), 0.0, 1.0)
    outline = np.stack(
        [jaw[:, 0], np.maximum(jaw[:, 1], upper) + below * CHIN_MARGIN], axis=1
    )
    canvas = Image.new("L", (box.width, box.height), 0)
    ImageDraw.Draw(canvas).polygon([(float(x), float(y)) for x, y in outline], fill=255)
    full = np.asarray(canvas, np.float32)
    soft = _blurred(full, fade) * _ramp(box, _RAMP * fade)
    return soft.round().astype(np.uint8)


def _blurred(values: Floats, sigma: float) -> Floats:
    """Return values blurred by a Gaussian; outside of them is nothing."""
    reach = max(1, round(2.5 * sigma))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 0.3)) ** 2)
    weights /= weights.sum()
    for axis in (0, 1):
        values = np.apply_along_axis(np.convolve, axis, values, weights, mode="same")
    return values.astype(np.float32)


def _ramp(box: Box, width: float) -> Floats:
    """Return 0 on the border of a box, 1 from ``width`` pixels inside on, smooth."""

    def side(n: int) -> Floats:
        from_edge = np.minimum(np.arange(n), np.arange(n)[::-1]).astype(np.float32)
        part = np.clip(from_edge / max(width, 1.0), 0.0, 1.0)
        return np.asarray(part * part * (3.0 - 2.0 * part), np.float32)

    return side(box.height)[:, None] * side(box.width)[None, :]
