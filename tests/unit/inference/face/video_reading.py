"""Video read back as a player would, for tests."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import av

from inference.types.face import Pixels, VideoFragment


@dataclass(frozen=True, slots=True)
class Shown:
    """One decoded picture: when, whether it needs no other, uint8 ``(h, w, 3)``."""

    at_ms: float
    is_key: bool
    pixels: Pixels


def decode(data: bytes) -> list[Shown]:
    """Return the pictures of an MP4 in order. Raises where a player would stop."""
    container: Any = av.open(io.BytesIO(data))
    with container:
        frames = list(container.decode(video=0))
    return [
        Shown(
            round(float(1000 * frame.pts * frame.time_base), 6),
            bool(frame.key_frame),
            frame.to_ndarray(format="rgb24"),
        )
        for frame in frames
    ]


def joined(fragments: Iterable[VideoFragment]) -> bytes:
    """Return fragments as one file, as a browser's buffer would hold them."""
    return b"".join(fragment.data for fragment in fragments)
