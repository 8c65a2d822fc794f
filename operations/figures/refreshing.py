"""When days are summed up: every night, and when somebody finds that they were not."""

from __future__ import annotations

from django.utils import timezone

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .rolling import roll_up

TASK = "operations.refresh_figures"


def refresh(what: str, cancelled: Cancelled) -> None:
    """Sum up what is missing. Safe to repeat."""
    roll_up(now=timezone.now())


figures_queue: JobQueue[str] = JobQueue(
    "figures", task=TASK, argument="what", work=refresh
)


def refresh_soon() -> None:
    """Have missing days summed up without keeping anybody waiting."""
    figures_queue.put("missing")
