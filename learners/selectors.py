"""Reads about people."""

from __future__ import annotations

from .context import LearnerContext
from .models import LearnerProfile


def get_learner_context(*, user_id: int) -> LearnerContext:
    """Return a learner as a plain value. Raises LearnerProfile.DoesNotExist."""
    profile = LearnerProfile.objects.get(user_id=user_id)
    return LearnerContext(
        user_id=user_id,
        display_name=profile.display_name,
        l1=profile.l1,
        l2=profile.l2,
        level=profile.level,
        goal=profile.goal,
        stores_recordings=profile.stores_recordings,
        retention_days=profile.retention_days,
    )
