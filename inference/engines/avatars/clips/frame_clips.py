"""Clips of whoever draws pictures for talks, encoded with their sound in one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import uuid4

from inference.errors import StageError
from inference.protocols import Cancelled, ClipCapabilities, FrameSource
from inference.types.clip import AvatarKind, Clip, ClipProgress, ClipRequest
from inference.types.face import RenderRequest

from .mp4 import ClipWriter, joined

# Another number when the same pictures would be encoded otherwise.
VERSION = 1
_TELL_EVERY_FRAMES = 25


class FrameClips:
    """Has a source draw one avatar saying the whole speech, in the source's own time.

    ``kind`` is what the source draws, ``name`` and its version make the fingerprint. The
    source is closed with this.
    """

    def __init__(
        self, source: FrameSource, *, name: str, kind: AvatarKind, version: str
    ) -> None:
        self._source = source
        self._kind = kind
        digest = hashlib.sha256(f"{name} {version} {VERSION}".encode()).hexdigest()
        self._fingerprint = f"{name}-{digest[:16]}"

    @property
    def capabilities(self) -> ClipCapabilities:
        """Avatars of the source's kind."""
        return ClipCapabilities(frozenset({self._kind}), self._fingerprint)

    def warm(self) -> None:
        """Load what the source needs. Raises EngineUnavailable."""
        self._source.warm()

    def close(self) -> None:
        """Free the source."""
        self._source.close()

    def render(
        self, request: ClipRequest, *, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        """Yield progress once a second of video, then the clip.

        Raises StageError ``clip.failed``.
        """
        if cancelled.is_set():
            return
        if request.avatar.kind is not self._kind or not request.speech:
            raise StageError("clip.failed", "Nothing here draws this", retryable=False)
        yield ClipProgress(0.0)
        talk = f"clip-{uuid4().hex}"
        try:
            yield from self._render(request, talk, cancelled)
        except StageError as error:
            if error.code.startswith("clip."):
                raise
            raise StageError(
                "clip.failed", error.message, retryable=error.retryable
            ) from error
        finally:
            self._source.release(talk)

    def _render(
        self, request: ClipRequest, talk: str, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        prepared = self._source.prepare(request.avatar.key, cancelled=cancelled)
        speech = joined(request.speech)
        with ClipWriter(fps=prepared.fps) as writer:
            for part in self._requests(request, talk):
                for frame in self._source.frames(part, cancelled=cancelled):
                    writer.add(frame.pixels)
                    if writer.count % _TELL_EVERY_FRAMES == 0:
                        share = frame.at_ms / speech.duration_ms
                        yield ClipProgress(min(1.0, share))
                if cancelled.is_set():
                    return
            yield writer.clip(speech)

    def _requests(self, request: ClipRequest, talk: str) -> Iterator[RenderRequest]:
        start_ms = 0.0
        for number, chunk in enumerate(request.speech, start=1):
            yield RenderRequest(
                avatar=request.avatar.key,
                talk=talk,
                turn="0",
                speech=chunk,
                start_ms=start_ms,
                is_last=number == len(request.speech),
            )
            start_ms += chunk.clip.duration_ms
