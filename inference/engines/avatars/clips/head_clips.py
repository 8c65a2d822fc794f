"""Clips of the built-in tutors, drawn by the processor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.protocols import Cancelled
from inference.types.clip import AvatarKind, Clip, ClipProgress, ClipRequest

from ..head.cpu_head import VERSION, CpuHead
from .frame_clips import FrameClips


class HeadClips(FrameClips):
    """The head of talks, here with all the time it wants.

    ``cache_dir`` keeps loops of waiting and may be shared with the face renderer. What is
    held of a head leaves memory after each clip.
    """

    def __init__(self, *, cache_dir: str = "") -> None:
        folder = (
            Path(cache_dir) if cache_dir else Path.home() / ".cache/tutorplatform/faces"
        )
        self._head = CpuHead(cache_dir=folder)
        super().__init__(
            self._head, name="head", kind=AvatarKind.HEAD, version=str(VERSION)
        )

    def render(
        self, request: ClipRequest, *, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        """Yield progress, then the clip. Raises StageError ``clip.failed``."""
        try:
            yield from super().render(request, cancelled=cancelled)
        finally:
            self._head.close()
