"""Where a clip is made."""

from __future__ import annotations

from uuid import UUID

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .rendering import render_clip

TASK = "sessions.render_clip"


class ClipQueue(JobQueue[UUID]):
    """Takes the clips that are to be made."""

    def __init__(self) -> None:
        super().__init__("clips", task=TASK, argument="clip", work=_render)


def _render(clip: UUID, cancelled: Cancelled) -> None:
    render_clip(clip, cancelled=cancelled)


clip_queue = ClipQueue()
