"""Regular jobs about people as Celery tasks; the times: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from .services.reminders import send_reminders
from .services.review_fitting import fit_all_reviews


@shared_task(name="learners.send_reminders")
def send_reminders_task(**kwargs: Any) -> None:
    """Send the reminders that are due. Safe to repeat: each goes out once a day."""
    if settings.CARE["SITE_URL"]:
        send_reminders(now=timezone.now())


@shared_task(name="learners.fit_reviews")
def fit_reviews_task(**kwargs: Any) -> None:
    """Fit the scheduling of reviews to learners who made enough. Safe to repeat."""
    fit_all_reviews(now=timezone.now())
