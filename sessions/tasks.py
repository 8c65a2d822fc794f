"""Long jobs of sessions as Celery tasks; their queues: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from threading import Event
from typing import Any
from uuid import UUID

from celery import shared_task

from .clips.queue import TASK
from .clips.rendering import render_clip


@shared_task(name=TASK)
def render_clip_task(*, clip: str, **kwargs: Any) -> None:
    """Make the video of a lesson. Safe to repeat: one that is ready is left alone."""
    render_clip(UUID(clip), cancelled=Event())
