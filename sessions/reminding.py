"""Reminders, by what learners did up to now."""

from __future__ import annotations

from datetime import datetime

from learners.services.reminders import Sent, send_reminders

from .activity import refresh_activity


def remind(*, now: datetime) -> Sent:
    """Send the reminders that are due, to nobody who has done enough today."""
    return send_reminders(
        now=now,
        refresh=lambda learner_id: refresh_activity(learner_id=learner_id, now=now),
    )
