"""Jobs of set work as Celery tasks; the times: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from .mail_queue import TASK
from .services.return_mails import send_return_mails


@shared_task(name=TASK)
def send_return_mails_task(**kwargs: Any) -> None:
    """Send the mails that are due. Safe to repeat."""
    send_return_mails(now=timezone.now())
