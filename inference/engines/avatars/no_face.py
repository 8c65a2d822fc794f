"""No video: the browser draws the face from the mouth cues."""

from __future__ import annotations

from collections.abc import Iterator

from inference.errors import StageError
from inference.protocols import Cancelled, FaceCapabilities
from inference.types.face import PreparedAvatar, RenderRequest, VideoFragment


class NoFace:
    """Renders nothing, and says so in what it can do."""

    @property
    def capabilities(self) -> FaceCapabilities:
        """Nobody to show, no stream."""
        return FaceCapabilities(avatars=frozenset(), streams=0)

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Raise StageError ``video.failed``: there is no video here."""
        raise _no_video()

    def stream(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Raise StageError ``video.failed``: there is no video here."""
        raise _no_video()

    def release(self, talk: str) -> None:
        """Nothing is kept."""


def _no_video() -> StageError:
    return StageError("video.failed", "This server makes no video", retryable=False)
