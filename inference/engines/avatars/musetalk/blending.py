"""Pastes a painted face into its picture, so that no edge is seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from inference.types.face import Pixels

from .architecture import CROP
from .prepared import Pose

# How far colours are moved at most: more is another light, which is not ours to undo.
_FURTHEST_SHIFT = 12
_OUTER_RING = 128
_LEVELS = np.arange(256)


def paste(pose: Pose, face: Pixels, *, match_colour: bool) -> Pixels:
    """Return the picture of a pose with a face of 256x256 painted in.

    Where the mask is 0 the picture stays as it is, bit by bit. ``match_colour`` gives the
    painted face the mean colours that the picture has where both show.
    """
    box = pose.box
    found = pose.pixels.copy()
    inside = found[box.top : box.bottom, box.left : box.right]
    # Pillow mixes bytes in C: a tenth of the time that arrays of floats take.
    mask = Image.fromarray(pose.mask)
    below = Image.fromarray(inside)
    painted = Image.fromarray(face)
    if (box.width, box.height) != (CROP, CROP):
        painted = painted.resize((box.width, box.height), Image.Resampling.BICUBIC)
    if match_colour:
        painted = _shifted(painted, below, mask)
    below.paste(painted, mask=mask)
    inside[:] = np.asarray(below)
    return found


def _shifted(
    painted: Image.Image, below: Image.Image, mask: Image.Image
) -> Image.Image:
    """Return a face with the mean colours of the picture where the mask fades."""
    ring = mask.point([255 * (0 < level < _OUTER_RING) for level in range(256)])
    if ring.getbbox() is None:
        return painted
    apart = _means(below, ring) - _means(painted, ring)
    shift = apart.round().clip(-_FURTHEST_SHIFT, _FURTHEST_SHIFT)
    table = (_LEVELS[None, :] + shift[:, None]).clip(0, 255).astype(int)
    return painted.point(table.ravel().tolist())


def _means(image: Image.Image, mask: Image.Image) -> npt.NDArray[np.float64]:
    """Return the mean of each channel where a mask is not 0, shape ``(3,)``."""
    counts = np.array(image.histogram(mask)).reshape(3, 256)
    return np.asarray(counts @ _LEVELS / counts[0].sum())
