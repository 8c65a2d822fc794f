"""Reminds learners by e-mail. Run it every quarter of an hour where there is no worker."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sessions.reminding import remind


class Command(BaseCommand):
    """Send what is due now; each learner gets one a day at most."""

    help = "E-mail the learners who asked to be reminded at this hour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send and say how many."""
        if not settings.CARE["SITE_URL"]:
            raise CommandError(
                "Mails need links that work: set TUTOR_SITE_URL, such as "
                "https://tutor.example.org."
            )
        done = remind(now=timezone.now())
        self.stdout.write(f"{done.sent} sent, {done.failed} failed")
        if done.failed:
            raise CommandError(
                "Some mails could not be sent; see the log. The next run tries again."
            )
