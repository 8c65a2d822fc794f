"""A loop of pictures as one MP4 that a browser plays over and over."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from inference.types.face import Pixels

from .colours import COLOUR_OPTIONS, to_video_frame

_OPTIONS = {"preset": "medium", "crf": "26", **COLOUR_OPTIONS}


def looping_mp4(pictures: Iterable[Pixels], *, fps: int) -> bytes:
    """Return uint8 ``(height, width, 3)`` RGB pictures as video-only MP4.

    Its index comes first, so that playing may begin before all of it has arrived.
    Raises ValueError for no pictures.
    """
    import av

    # Its index is moved to the front at the end, for which a file has to be opened again.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "loop.mp4"
        container: Any = av.open(
            str(file), "w", format="mp4", options={"movflags": "faststart"}
        )
        with container:
            _encode(container, pictures, fps)
        return file.read_bytes()


def _encode(container: Any, pictures: Iterable[Pixels], fps: int) -> None:
    stream: Any = None
    for number, pixels in enumerate(pictures):
        if stream is None:
            stream = container.add_stream("libx264", rate=fps)
            stream.height, stream.width = pixels.shape[:2]
            stream.pix_fmt = "yuv420p"
            stream.options = dict(_OPTIONS)
        container.mux(stream.encode(to_video_frame(pixels, number, Fraction(1, fps))))
    if stream is None:
        raise ValueError("A loop needs pictures")
    container.mux(stream.encode(None))


def loop_pictures(clip: bytes) -> list[Pixels]:
    """Return the pictures of ``looping_mp4`` as a player shows them.

    Raises ValueError for data that is no such video.
    """
    import av

    try:
        container: Any = av.open(io.BytesIO(clip))
        with container:
            return [
                frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)
            ]
    except av.FFmpegError as broken:
        raise ValueError("That is no loop of pictures") from broken
