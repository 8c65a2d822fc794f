"""Long jobs of operations as Celery tasks; queues: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from threading import Event
from typing import Any

from celery import shared_task

from .export.making import make_export
from .export.queue import TASK as EXPORT_TASK
from .figures.refreshing import TASK as FIGURES_TASK
from .figures.refreshing import refresh


@shared_task(name=EXPORT_TASK)
def export_data_task(*, export: str, **kwargs: Any) -> None:
    """Make an archive of a learner's data. Safe to repeat: one that is ready stays."""
    make_export(int(export), cancelled=Event())


@shared_task(name=FIGURES_TASK)
def refresh_figures_task(*, what: str = "missing", **kwargs: Any) -> None:
    """Sum up the days that are over. Safe to repeat."""
    refresh(what, Event())
