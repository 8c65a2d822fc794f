"""Where a portrait is prepared."""

from __future__ import annotations

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .preparing import prepare_portrait

TASK = "sessions.prepare_portrait"


class PortraitQueue(JobQueue[str]):
    """Takes the portraits that are to be prepared, by their key."""

    def __init__(self) -> None:
        super().__init__("portraits", task=TASK, argument="portrait", work=_prepare)


def _prepare(portrait: str, cancelled: Cancelled) -> None:
    prepare_portrait(portrait, cancelled=cancelled)


portrait_queue = PortraitQueue()
