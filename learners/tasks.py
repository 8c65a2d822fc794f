"""Regular jobs about people as Celery tasks; the times: ``tutorplatform/settings/tasks.py``."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from .services.review_fitting import fit_all_reviews


@shared_task(name="learners.fit_reviews")
def fit_reviews_task(**kwargs: Any) -> None:
    """Fit the scheduling of reviews to learners who made enough. Safe to repeat."""
    fit_all_reviews(now=timezone.now())
