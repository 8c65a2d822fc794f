"""Days whose events are deleted are counted anew; the daily clean-up sums days up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from learners.signals import purging
from sessions.models import ReadAloudAttempt, TutoringSession

from .figures.rolling import count_anew, roll_up


@receiver(post_delete, sender=TutoringSession, dispatch_uid="operations.talk_gone")
def talk_gone(instance: TutoringSession, **kwargs: Any) -> None:
    """A talk was deleted with its turns, mostly with its learner."""
    lasted = (instance.last_seen_at - instance.started_at).days
    count_anew(instance.started_at + timedelta(days=n) for n in range(lasted + 1))


@receiver(post_delete, sender=ReadAloudAttempt, dispatch_uid="operations.reading_gone")
def reading_gone(instance: ReadAloudAttempt, **kwargs: Any) -> None:
    """A reading was deleted."""
    count_anew([instance.created_at])


@receiver(purging, dispatch_uid="operations.sum_up_days")
def sum_up_days(now: datetime, **kwargs: Any) -> int:
    """Sum up the days that are over, which forgets nothing."""
    roll_up(now=now)
    return 0
