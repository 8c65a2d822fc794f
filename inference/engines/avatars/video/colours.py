"""RGB pictures as video knows colours: 4:2:0, BT.709, studio range, and labelled so.

Without the labels one browser takes a small video for BT.601 and another for BT.709, and a
face changes its colour when video takes the drawn one's place.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from inference.types.face import Pixels

COLOUR_OPTIONS = {
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}


def to_video_frame(pixels: Pixels, number: int, time_base: Fraction) -> Any:
    """Return uint8 ``(height, width, 3)`` RGB as an ``av.VideoFrame`` at ``number``."""
    import av

    frame: Any = av.VideoFrame.from_ndarray(pixels, format="rgb24")
    frame = frame.reformat(
        format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG"
    )
    frame.pts, frame.time_base = number, time_base
    return frame
