"""Reads of the tutors to choose from."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Avatar, LearnerProfile


def list_avatars_offered() -> QuerySet[Avatar]:
    """Return the active avatars: heads first, then portraits, by name."""
    return Avatar.objects.filter(is_active=True)


def list_portraits() -> QuerySet[Avatar]:
    """Return every portrait, latest first."""
    return Avatar.objects.filter(kind=Avatar.Kind.PORTRAIT).order_by(
        "-created_at", "-id"
    )


def get_avatar(*, key: str) -> Avatar:
    """Return an avatar, active or not. Raises Avatar.DoesNotExist."""
    return Avatar.objects.get(key=key)


def chosen_avatar(*, user_id: int) -> Avatar | None:
    """Return whom the learner chose, None if nobody or somebody no longer offered."""
    profile = (
        LearnerProfile.objects.filter(user_id=user_id, avatar__is_active=True)
        .select_related("avatar")
        .first()
    )
    return profile.avatar if profile else None
