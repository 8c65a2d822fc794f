"""Long jobs of sessions as Celery tasks; their queues: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from threading import Event
from typing import Any
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from .anki.making import make_export
from .anki.queue import TASK as EXPORT_TASK
from .clips.queue import TASK as CLIP_TASK
from .clips.rendering import render_clip
from .portraits.preparing import prepare_portrait
from .portraits.queue import TASK as PORTRAIT_TASK
from .reminding import remind


@shared_task(name=CLIP_TASK)
def render_clip_task(*, clip: str, **kwargs: Any) -> None:
    """Make the video of a lesson. Safe to repeat: one that is ready is left alone."""
    render_clip(UUID(clip), cancelled=Event())


@shared_task(name=PORTRAIT_TASK)
def prepare_portrait_task(*, portrait: str, **kwargs: Any) -> None:
    """Make a portrait ready to speak. Safe to repeat: one that is ready is left alone."""
    prepare_portrait(portrait, cancelled=Event())


@shared_task(name=EXPORT_TASK)
def export_cards_task(*, export: str, **kwargs: Any) -> None:
    """Make a learner's file for Anki. Safe to repeat: one that is ready is left alone."""
    make_export(int(export), cancelled=Event())


@shared_task(name="sessions.send_reminders")
def send_reminders_task(**kwargs: Any) -> None:
    """Send the reminders that are due. Safe to repeat: each goes out once a day."""
    if settings.CARE["SITE_URL"]:
        remind(now=timezone.now())
