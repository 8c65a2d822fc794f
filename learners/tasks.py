"""Regular jobs about people as Celery tasks; the times: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from .services.reminders import send_reminders


@shared_task(name="learners.send_reminders")
def send_reminders_task(**kwargs: Any) -> None:
    """Send the reminders that are due. Safe to repeat: each goes out once a day."""
    if settings.CARE["SITE_URL"]:
        send_reminders(now=timezone.now())
