"""What turns pictures into video, and the way to do it in this very process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from inference.protocols import Cancelled
from inference.types.face import Frame, Pixels, VideoFragment

from .fragments import FragmentEncoder
from .looping import looping_mp4


class VideoEncoder(Protocol):
    """Pictures to H.264."""

    def warm(self) -> None:
        """Load what is needed. Raises EngineUnavailable."""
        ...

    def encode(
        self, frames: Iterable[Frame], *, fps: int, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield the init segment and the fragments of pictures that follow each other.

        Raises StageError ``video.failed``, and whatever ``frames`` raises.
        """
        ...

    def loop(self, pictures: Sequence[Pixels], *, fps: int) -> bytes:
        """Return an MP4 that can be played over and over."""
        ...

    def close(self) -> None:
        """End child processes. Safe to call twice."""
        ...


class LocalEncoder:
    """Encodes in the caller's thread: for programs that do nothing else meanwhile."""

    def warm(self) -> None:
        """Nothing to load."""

    def encode(
        self, frames: Iterable[Frame], *, fps: int, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield the init segment and the fragments."""
        encoder: FragmentEncoder | None = None
        for frame in frames:
            if cancelled.is_set():
                return
            height, width = frame.pixels.shape[:2]
            if encoder is None:
                encoder = FragmentEncoder(width=width, height=height, fps=fps)
            yield from encoder.add(picture_number(frame, fps), frame.pixels)
        if encoder is not None and not cancelled.is_set():
            yield from encoder.finish()

    def loop(self, pictures: Sequence[Pixels], *, fps: int) -> bytes:
        """Return an MP4 that can be played over and over."""
        return looping_mp4(pictures, fps=fps)

    def close(self) -> None:
        """Nothing to free."""


def picture_number(frame: Frame, fps: int) -> int:
    """Return the number of a picture on its reply's grid."""
    return round(frame.at_ms * fps / 1000)
