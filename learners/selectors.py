"""Reads about people."""

from __future__ import annotations

from datetime import datetime

from .context import LearnerContext
from .mastery import SoundMastery, belief, kept_share
from .models import LearnerProfile, PhonemeMastery, User


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


def get_learner_id(*, email: str) -> int:
    """Return the id of whoever has this address. Raises LookupError."""
    found = User.objects.filter(email=email.lower()).values_list("pk", flat=True)
    if not found:
        raise LookupError(email)
    return found[0]


def list_phoneme_mastery(
    *, learner_id: int, language: str, now: datetime
) -> list[SoundMastery]:
    """Return what is believed today of each phoneme tried, the weakest first."""
    rows = PhonemeMastery.objects.filter(learner_id=learner_id, language=language)
    believed = [_believed(row, now) for row in rows]
    return sorted(believed, key=lambda sound: (sound.mean, sound.phoneme))


def _believed(row: PhonemeMastery, now: datetime) -> SoundMastery:
    kept = kept_share(since=row.as_of, until=max(now, row.as_of))
    return belief(
        row.phoneme,
        right=kept * row.right,
        wrong=kept * row.wrong,
        attempts=row.attempts,
        as_of=row.as_of,
    )
