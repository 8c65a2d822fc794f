"""A face that makes its video while it speaks: pictures from a source, an encoder."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from inference.protocols import Cancelled, FaceCapabilities, FrameSource
from inference.types.face import (
    FPS,
    PreparedAvatar,
    RenderRequest,
    VideoFragment,
)

from .encoder import VideoEncoder


class StreamedFace:
    """A face renderer made of a frame source and an encoder."""

    def __init__(self, source: FrameSource, encoder: VideoEncoder) -> None:
        self._source = source
        self._encoder = encoder
        self._lock = Lock()
        self._prepared: dict[str, PreparedAvatar] = {}

    @property
    def capabilities(self) -> FaceCapabilities:
        """What the source can do."""
        return self._source.capabilities

    def warm(self) -> None:
        """Load both. Raises EngineUnavailable."""
        self._encoder.warm()
        self._source.warm()

    def close(self) -> None:
        """Free both."""
        self._source.close()
        self._encoder.close()

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Make an avatar ready; its loop is encoded once.

        Raises StageError ``video.failed``.
        """
        frames = self._source.prepare(avatar, cancelled=cancelled)
        with self._lock:
            known = self._prepared.get(avatar)
            if known is None or known.sha256 != frames.sha256:
                known = PreparedAvatar(
                    avatar,
                    frames.sha256,
                    frames.width,
                    frames.height,
                    frames.fps,
                    self._encoder.loop(frames.idle, fps=frames.fps),
                    frames.states,
                )
                self._prepared[avatar] = known
            return known

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Return the source's loop of a state. Raises StageError ``video.failed``."""
        return self._source.loop(avatar, state, cancelled=cancelled)

    def stream(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield a clause's video. Raises StageError ``video.failed``."""
        frames = self._source.frames(request, cancelled=cancelled)
        yield from self._encoder.encode(frames, fps=FPS, cancelled=cancelled)

    def release(self, talk: str) -> None:
        """Forget what is kept for a talk that is over."""
        self._source.release(talk)
