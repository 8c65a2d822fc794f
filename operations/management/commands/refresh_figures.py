"""Sums up the days of administrators' figures."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from operations.figures.rolling import roll_up
from operations.models import RolledDay


class Command(BaseCommand):
    """Sum up the days that are over; cheap where nothing changed."""

    help = "Sum up the days of administrators' figures that are not summed up yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--all", action="store_true", help="count every day anew, from its events"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Sum up, and say how many days."""
        if options["all"]:
            RolledDay.objects.all().delete()
        n = roll_up(now=timezone.now())
        self.stdout.write(f"{n} days are summed up.")
