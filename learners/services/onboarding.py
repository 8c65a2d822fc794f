"""The first steps of somebody new: who they are, what they learn, what for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ..local_time import is_time_zone
from ..models import LearnerProfile, User

MAX_GOAL_CHARS = 300


@transaction.atomic
def introduce(
    *,
    user: User,
    display_name: str,
    l1: str,
    l2: str,
    time_zone: str,
    interface_language: str,
) -> LearnerProfile:
    """Keep who somebody is and what they learn; what else a profile holds stays.

    A ``time_zone`` that nobody knows leaves the one of before, ``interface_language`` too
    where it is empty.
    """
    said = {"display_name": display_name, "l1": l1, "l2": l2}
    if is_time_zone(time_zone):
        said["time_zone"] = time_zone
    if interface_language:
        said["interface_language"] = interface_language
    profile, _created = LearnerProfile.objects.update_or_create(
        user=user, defaults=said
    )
    return profile


@transaction.atomic
def set_aim(
    *,
    user: User,
    reasons: Sequence[str],
    own_words: str,
    daily_minutes: int | None,
    now: datetime,
) -> None:
    """Keep why somebody learns and how long a day; with it the first steps are done.

    Raises LearnerProfile.DoesNotExist.
    """
    profile = LearnerProfile.objects.select_for_update().get(user=user)
    goal = ". ".join(part for part in (", ".join(reasons), own_words) if part)
    profile.goal = goal[:MAX_GOAL_CHARS]
    profile.daily_minutes = daily_minutes
    if profile.onboarded_at is None:
        profile.onboarded_at = now
    profile.save(update_fields=["goal", "daily_minutes", "onboarded_at"])
