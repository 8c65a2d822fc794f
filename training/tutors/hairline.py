"""Where hair grows: a line around the skull, softened."""

from __future__ import annotations

import numpy as np

from .canvas import noise
from .draft import smoothstep
from .landmarks import Landmarks
from .source import Floats

# Height of the hairline above the eyes in mm, by degrees from the front.
_DEGREES = (0, 18, 34, 48, 58, 66, 74, 84, 92, 104, 118, 135, 180)
_WOMAN = (58, 57, 52, 44, 34, 16, -4, -6, 8, 4, -22, -44, -56)
_MAN = (60, 61, 62, 52, 40, 22, -6, -10, 8, 0, -30, -52, -62)


def scalp_share(
    marks: Landmarks,
    places: Floats,
    sex: str,
    *,
    soft: float = 0.006,
    lift: float = 0.0,
) -> Floats:
    """Return how much of ``places`` ``(..., 3)`` is scalp; ``soft`` is the fade in metres.

    A positive ``lift`` moves the hairline up.
    """
    heights = _WOMAN if sex == "female" else _MAN
    line = np.interp(np.degrees(marks.azimuth(places)), _DEGREES, heights)
    ragged = 0.0025 * noise(places, 160, octaves=2, seed=5)
    above = places[..., 1] - line * 0.001 * marks.unit - lift + ragged
    return np.asarray(smoothstep(-soft, soft, above))
