"""Where archives of learners' data are made."""

from __future__ import annotations

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .making import make_export

TASK = "operations.export_data"


class DataExportQueue(JobQueue[int]):
    """Takes the exports that are to be made, by their id."""

    def __init__(self) -> None:
        super().__init__("data-export", task=TASK, argument="export", work=_make)


def _make(export: int, cancelled: Cancelled) -> None:
    make_export(int(export), cancelled=cancelled)


data_export_queue = DataExportQueue()
