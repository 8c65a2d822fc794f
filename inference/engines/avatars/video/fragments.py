"""Pictures to fragmented MP4, as they come: H.264 by x264, one fragment a picture."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from inference.types.face import Pixels, VideoFormat, VideoFragment

from .boxes import codec_string, fragments, timescale
from .colours import COLOUR_OPTIONS, to_video_frame

# A picture that can be decoded by itself at least this often, in seconds.
KEY_EVERY_S = 4
_OPTIONS: dict[str, str] = {
    "preset": "veryfast",
    "tune": "zerolatency",
    "crf": "26",
    # On more than one thread a picture is cut into slices, which costs more than it saves.
    "threads": "1",
    "x264-params": "scenecut=0",
    **COLOUR_OPTIONS,
}
_MOVFLAGS = "empty_moov+default_base_moof+frag_every_frame"


class _Sink:
    """What the muxer writes to: it cannot seek, as a socket cannot."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        data, self._parts = b"".join(self._parts), []
        return data


class FragmentEncoder:
    """One run of pictures. The muxer holds a picture back until the next one comes.

    Pictures have the size ``(height, width)``, both even, and numbers that grow by one:
    number ``k`` is shown at ``k / fps`` seconds.
    """

    def __init__(self, *, width: int, height: int, fps: int) -> None:
        import av

        self._sink = _Sink()
        self._size, self._fps = (width, height), fps
        self._container: Any = av.open(
            self._sink, "w", format="mp4", options={"movflags": _MOVFLAGS}
        )
        self._stream: Any = self._container.add_stream("libx264", rate=fps)
        self._stream.width, self._stream.height = width, height
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = Fraction(1, fps)
        self._stream.codec_context.gop_size = KEY_EVERY_S * fps
        self._stream.options = dict(_OPTIONS)
        self._first: int | None = None
        self._units = 0
        self._held: list[int] = []

    def add(self, number: int, pixels: Pixels) -> Iterator[VideoFragment]:
        """Encode uint8 ``(height, width, 3)`` RGB; yield what is complete by that."""
        packets = self._stream.encode(
            to_video_frame(pixels, number, Fraction(1, self._fps))
        )
        if self._first is None:
            self._first = number
            yield self._init()
        self._held.append(number)
        self._container.mux(packets)
        yield from self._complete(len(self._held) - 1)

    def finish(self) -> Iterator[VideoFragment]:
        """Yield what was held back. Nothing can be added after it."""
        if self._first is not None:
            self._container.mux(self._stream.encode(None))
        self._container.close()
        yield from self._complete(len(self._held))

    def _init(self) -> VideoFragment:
        self._container.start_encoding()
        data = self._sink.take()
        self._units = timescale(data) // self._fps
        format_ = VideoFormat(codec_string(data), *self._size, self._fps)
        at_ms = (self._first or 0) * 1000 / self._fps
        return VideoFragment(data, at_ms, 0.0, 0, is_init=True, format=format_)

    def _complete(self, frames: int) -> Iterator[VideoFragment]:
        # The muxer counts from the run's first picture, the reply from its own.
        data = fragments(self._sink.take(), (self._first or 0) * self._units)
        if not data or not frames:
            return
        step_ms = 1000 / self._fps
        start_ms, self._held = self._held[0] * step_ms, self._held[frames:]
        yield VideoFragment(data, start_ms, frames * step_ms, frames, is_init=False)
