"""Reads of tutors' voices."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from schools.permissions import is_site_admin, manageable_schools
from schools.selectors import school_ids_of_learner

from .models import TutorVoice, User


def voices_of(user: User) -> QuerySet[TutorVoice]:
    """Return the voices that somebody looks after: of schools they manage; admins: all."""
    voices = TutorVoice.objects.select_related("school", "avatar")
    if is_site_admin(user):
        return voices
    return voices.filter(school__in=manageable_schools(user).values("pk"))


def get_voice_of(user: User, *, uuid: UUID) -> TutorVoice:
    """Return one of them. Raises TutorVoice.DoesNotExist."""
    return voices_of(user).get(uuid=uuid)


def voice_for_talk(
    *,
    learner_id: int,
    school_id: int | None,
    language: str,
    avatar: str,
    today: date,
) -> str:
    """Return the key of the voice that a talk is spoken with, ``""`` for the engine's own.

    ``school_id`` is whose course the talk is on; without one the learner's schools count,
    and after them the site. A voice for this tutor goes before one for every tutor.
    """
    school = Q(school=school_id)
    if school_id is None:
        school = Q(school__in=school_ids_of_learner(learner_id=learner_id))
    usable = TutorVoice.objects.filter(
        school | Q(school=None),
        Q(avatar=None) | Q(avatar__key=avatar),
        in_use=True,
        revoked_at=None,
        until__gte=today,
        language=language,
    )
    best = min(
        usable,
        key=lambda voice: (voice.school_id is None, voice.avatar_id is None, voice.pk),
        default=None,
    )
    return best.key if best else ""
