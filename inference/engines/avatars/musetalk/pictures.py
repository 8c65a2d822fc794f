"""Reads a portrait: one picture, or the frames of a short video at 25 a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from inference.errors import EngineUnavailable
from inference.protocols import Cancelled
from inference.types.face import FPS, Pixels

from .face_finding import unusable

STILL = (".png", ".jpg", ".jpeg", ".webp")
MOVING = (".mp4", ".webm", ".mov")
# Larger pictures hold no more of a face than is shown of it, and fill the memory.
_MOST_PIXELS = 4096 * 4096
_ROUNDING_S = 1e-3


def read_pictures(
    data: bytes, suffix: str, *, longest_s: float, cancelled: Cancelled
) -> list[Pixels]:
    """Return RGB pictures of one size; a still portrait is one.

    Of a longer video only the first ``longest_s`` are taken. Raises StageError for a file
    that is no picture, EngineUnavailable without PyAV for a video.
    """
    if suffix in STILL:
        return [_still(data)]
    return list(_moving(data, round(longest_s * FPS), cancelled))


def _still(data: bytes) -> Pixels:
    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise unusable("it has too many pixels")
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as broken:
        raise unusable("it cannot be read as a picture") from broken
    except Image.DecompressionBombError as bomb:
        raise unusable("it has too many pixels") from bomb
    return np.array(upright, np.uint8)


def _moving(data: bytes, most: int, cancelled: Cancelled) -> Iterator[Pixels]:
    """Yield a picture for each 40 ms, as a player would show them."""
    n, size = 0, None
    for at_s, frame in _until_next(_frames(data)):
        if cancelled.is_set():
            return
        if frame.width * frame.height > _MOST_PIXELS:
            raise unusable("it has too many pixels")
        size = size or (frame.width, frame.height)
        if (frame.width, frame.height) != size:
            raise unusable("its pictures have several sizes")
        pixels: Pixels | None = None
        while n < most and n / FPS < at_s - _ROUNDING_S:
            if pixels is None:
                pixels = frame.to_ndarray(format="rgb24")
            yield pixels
            n += 1
        if n >= most:
            return
    if not n:
        raise unusable("it has no picture")


def _frames(data: bytes) -> Iterator[Any]:
    """Yield the frames of a video. Raises StageError for a file that is none."""
    try:
        import av
    except ImportError as missing:
        raise EngineUnavailable(
            "engine.library_missing",
            "A portrait that moves needs PyAV: pip install av",
            retryable=False,
        ) from missing
    try:
        with av.open(BytesIO(data), mode="r") as container:
            yield from container.decode(video=0)
    except (av.FFmpegError, IndexError, ValueError) as broken:
        raise unusable("it cannot be read as a video") from broken


def _until_next(frames: Iterable[Any]) -> Iterator[tuple[float, Any]]:
    """Yield each frame with the second at which the next one takes its place.

    The last one stays as long as the one before it did.
    """
    shown, stays_s = None, 1 / FPS
    for frame in frames:
        if shown is not None:
            yield frame.time, shown
            stays_s = frame.time - shown.time
        shown = frame
    if shown is not None:
        yield shown.time + stays_s, shown
