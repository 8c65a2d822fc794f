"""Sends what waits for other systems. Run it every minute where there is no worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from connect.post import send_waiting


class Command(BaseCommand):
    """Send messages and marks that are due now."""

    help = "Send webhooks, and marks to learning platforms, that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send and say how many."""
        done = send_waiting(now=timezone.now())
        self.stdout.write(f"{done.arrived} sent, {done.failed} failed")
