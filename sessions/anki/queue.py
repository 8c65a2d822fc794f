"""Where a file for Anki is made."""

from __future__ import annotations

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .making import make_export

TASK = "sessions.export_cards"


class ExportQueue(JobQueue[int]):
    """Takes the exports that are to be made, by their id."""

    def __init__(self) -> None:
        super().__init__("anki", task=TASK, argument="export", work=_make)


def _make(export: int, cancelled: Cancelled) -> None:
    make_export(int(export), cancelled=cancelled)


export_queue = ExportQueue()
