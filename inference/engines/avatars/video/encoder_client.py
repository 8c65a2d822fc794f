"""The tutor's end of the encoder process: sends pictures, gets over its death."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import chain
from threading import Event

import numpy as np

from inference.calls import Call, ChildCalls, ProcessGone
from inference.errors import EngineUnavailable
from inference.framing import Header
from inference.lifecycle import ChildProcess
from inference.protocols import Cancelled
from inference.types.face import Frame, Pixels, VideoFormat, VideoFragment

from .encoder import picture_number


class EncoderProcess:
    """Encodes in a child, several stretches at once: the caller's GIL stays free."""

    def __init__(self, *, patience_s: float = 5.0) -> None:
        self._patience_s = patience_s
        self._calls = ChildCalls(
            ChildProcess(
                "inference.engines.avatars.video.encoder_process", [], pipe_output=True
            ),
            name="the video encoder",
            failed_code="video.failed",
        )

    @property
    def pid(self) -> int | None:
        """The child's process id, or None when it does not run."""
        return self._calls.pid

    def warm(self) -> None:
        """Start the process. Raises EngineUnavailable."""
        if find_spec("av") is None:
            raise EngineUnavailable(
                "engine.library_missing",
                "The video encoder needs PyAV: pip install av",
                retryable=False,
            )
        self._calls.start()

    def encode(
        self, frames: Iterable[Frame], *, fps: int, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield the init segment and the fragments.

        If the process dies, a new one goes on with the pictures that were on their way:
        another init segment comes then. Raises StageError ``video.failed``.
        """
        waiting = iter(frames)
        on_the_way: deque[Frame] = deque()
        for last_try in (False, True):
            try:
                with self._calls.call() as call:
                    again = chain(tuple(on_the_way), waiting)
                    on_the_way.clear()
                    yield from self._run(call, again, on_the_way, fps, cancelled)
                return
            except ProcessGone:
                if last_try:
                    raise self._calls.failure("died twice in a row") from None

    def loop(self, pictures: Sequence[Pixels], *, fps: int) -> bytes:
        """Return an MP4 that can be played over and over. Raises StageError."""
        try:
            with self._calls.call() as call:
                height, width = pictures[0].shape[:2]
                call.send("loop", width=width, height=height, fps=fps)
                for number, pixels in enumerate(pictures):
                    call.send("picture", _view(pixels), number=number)
                call.send("finish")
                # Encoding begins when all pictures are there.
                patience_s = self._patience_s + 0.1 * len(pictures)
                for _header, payload in call.answers(
                    cancelled=Event(), patience_s=patience_s
                ):
                    return payload
        except ProcessGone:
            pass
        raise self._calls.failure("made no loop")

    def close(self) -> None:
        """End the process."""
        self._calls.close()

    def _run(
        self,
        call: Call,
        frames: Iterable[Frame],
        on_the_way: deque[Frame],
        fps: int,
        cancelled: Cancelled,
    ) -> Iterator[VideoFragment]:
        begun = False
        for frame in frames:
            if cancelled.is_set():
                return
            on_the_way.append(frame)
            if not begun:
                height, width = frame.pixels.shape[:2]
                call.send("encode", width=width, height=height, fps=fps)
                begun = True
            number = picture_number(frame, fps)
            call.send("picture", _view(frame.pixels), number=number)
            for header, payload in call.arrived():
                yield _settled(header, payload, on_the_way)
        if not begun:
            call.over = True
            return
        call.send("finish")
        for header, payload in call.answers(
            cancelled=cancelled, patience_s=self._patience_s
        ):
            yield _settled(header, payload, on_the_way)


def read_fragment(header: Header, payload: bytes) -> VideoFragment:
    """Return the fragment in a message of the process."""
    format_ = header["format"]
    return VideoFragment(
        payload,
        header["start_ms"],
        header["duration_ms"],
        header["frames"],
        header["is_init"],
        VideoFormat(**format_) if format_ else None,
    )


def _settled(header: Header, payload: bytes, on_the_way: deque[Frame]) -> VideoFragment:
    fragment = read_fragment(header, payload)
    for _ in range(fragment.frames):
        on_the_way.popleft()
    return fragment


def _view(pixels: Pixels) -> memoryview:
    return np.ascontiguousarray(pixels).data.cast("B")
