"""Regular jobs about people as Celery tasks; the times: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from threading import Event
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from .rosters.queue import TASK as ROSTER_TASK
from .rosters.taking_in import take_in_roster
from .services.review_fitting import fit_all_reviews


@shared_task(name="learners.fit_reviews")
def fit_reviews_task(**kwargs: Any) -> None:
    """Fit the scheduling of reviews to learners who made enough. Safe to repeat."""
    fit_all_reviews(now=timezone.now())


@shared_task(name=ROSTER_TASK)
def take_in_roster_task(*, roster: str, **kwargs: Any) -> None:
    """Take a list of learners in. Safe to repeat: it goes on where it was."""
    take_in_roster(UUID(roster), cancelled=Event())
