"""Regular jobs as Celery tasks; the times: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from .lti.roster_orders import TASK as ROSTER_TASK
from .lti.roster_orders import read_due_rosters
from .post import TASK, send_waiting


@shared_task(name=TASK)
def send_waiting_task(**kwargs: Any) -> None:
    """Send the messages and marks that are due. Safe to repeat."""
    send_waiting(now=timezone.now())


@shared_task(name=ROSTER_TASK)
def read_rosters_task(**kwargs: Any) -> None:
    """Read the learners of courses that wait for it. Safe to repeat."""
    read_due_rosters(now=timezone.now())
