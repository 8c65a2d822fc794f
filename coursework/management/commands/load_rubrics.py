"""``manage.py load_rubrics``: brings the rubrics that come with the site up to date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from coursework.services.rubrics import load_library


class Command(BaseCommand):
    """Safe to repeat; rubrics of schools are left alone."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many changed."""
        n_changed = load_library(now=timezone.now())
        if n_changed and options["verbosity"] > 0:
            self.stdout.write(f"Rubrics: {n_changed} new or changed.")
