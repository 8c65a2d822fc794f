"""``manage.py purge_sessions``: what retention asks for. Run it once a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from learners.services.memory_choices import purge_memory
from learners.services.talk_access import purge_talk_accesses
from learners.signals import purging
from sessions.anki.orders import purge_exports
from sessions.retention import shorten_recordings
from sessions.services import expire_sessions, purge_recordings


class Command(BaseCommand):
    """Deletes what is kept for a time only, ends sessions nobody came back to."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long a session may wait for its learner."""
        parser.add_argument("--expire-after-hours", type=int, default=24)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all and say how many."""
        now = timezone.now()
        shorten_recordings()
        purged = purge_recordings(now=now)
        unseen_since = now - timedelta(hours=options["expire_after_hours"])
        expired = expire_sessions(unseen_since=unseen_since, now=now)
        forgotten = purge_memory(now=now) + purge_talk_accesses(now=now)
        forgotten += purge_exports(now=now)
        for _receiver, n_things in purging.send(sender=None, now=now):
            forgotten += int(n_things or 0)
        self.stdout.write(
            f"{purged} recordings deleted, {expired} sessions ended, "
            f"{forgotten} things forgotten."
        )
