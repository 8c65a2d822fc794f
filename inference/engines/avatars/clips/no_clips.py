"""No clips: lessons have no video here."""

from __future__ import annotations

from collections.abc import Iterator

from inference.errors import StageError
from inference.protocols import Cancelled, ClipCapabilities
from inference.types.clip import Clip, ClipProgress, ClipRequest


class NoClips:
    """Renders nothing, and says so in what it can do."""

    @property
    def capabilities(self) -> ClipCapabilities:
        """Nobody can be rendered."""
        return ClipCapabilities(avatars=frozenset(), fingerprint="none")

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def render(
        self, request: ClipRequest, *, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        """Raise StageError ``clip.failed``: there are no clips here."""
        raise StageError("clip.failed", "This site makes no clips", retryable=False)
