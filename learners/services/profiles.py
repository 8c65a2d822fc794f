"""What a person says about themselves, and what they allow."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import Consent, LearnerProfile, User
from .consents import record_own_consent


def save_profile(
    *,
    user: User,
    display_name: str,
    l1: str,
    level: str,
    l2: str = "en",
    goal: str = "",
    daily_minutes: int | None = None,
    theme: str = LearnerProfile.Theme.SYSTEM,
    interface_language: str | None = None,
) -> LearnerProfile:
    """Create or replace what the person says about themselves; consent stays as it is.

    ``interface_language`` None leaves that choice as it is, too.
    """
    chosen = (
        {} if interface_language is None else {"interface_language": interface_language}
    )
    profile, _created = LearnerProfile.objects.update_or_create(
        user=user,
        defaults={
            "display_name": display_name,
            "l1": l1,
            "l2": l2,
            "level": level,
            "goal": goal,
            "daily_minutes": daily_minutes,
            "theme": theme,
            **chosen,
        },
    )
    return profile


def choose_language(*, user: User, language: str) -> None:
    """Keep the language of pages and mails; whoever has no profile yet keeps none."""
    LearnerProfile.objects.filter(user=user).update(interface_language=language)


@transaction.atomic
def set_recording_consent(
    *, user: User, stores_recordings: bool, retention_days: int, now: datetime
) -> bool:
    """Give or withdraw consent to keep recordings; return whether that changed.

    ``retention_days`` counts for recordings made from now on. Withdrawing does not delete
    what is stored: that is the person's choice, offered right after.
    Raises LearnerProfile.DoesNotExist.
    """
    profile = LearnerProfile.objects.select_for_update().get(user=user)
    profile.retention_days = retention_days
    profile.save(update_fields=["retention_days"])
    return record_own_consent(
        user=user,
        purpose=Consent.Purpose.STORE_VOICE,
        is_given=stores_recordings,
        now=now,
    )
