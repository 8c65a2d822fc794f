"""``manage.py fit_reviews``: scheduling that follows each learner. Run it once a week."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from learners.services.review_fitting import fit_all_reviews


class Command(BaseCommand):
    """Fits FSRS's parameters to every learner with enough reviews. Safe to run again."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Fit, and say for how many that was better than what was there."""
        changed = fit_all_reviews(now=timezone.now())
        for learner_id, found in changed:
            self.stdout.write(
                f"learner {learner_id}: loss {found.old_loss:.4f} -> {found.loss:.4f}"
            )
        self.stdout.write(f"Fitted: {len(changed)}.")
