"""Deletes what names a person and does not go with their account by itself."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from learners.models import LearnerProfile, User

_CHUNK = 500


def delete_sign_ins(user: User) -> int:
    """Sign the person out of every browser; return out of how many."""
    found = [
        session.pk
        for session in Session.objects.iterator(chunk_size=_CHUNK)
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    for start in range(0, len(found), _CHUNK):
        Session.objects.filter(pk__in=found[start : start + _CHUNK]).delete()
    return len(found)


def delete_admin_notes(user: User) -> int:
    """Delete what the admin wrote down about the person: it quotes name and address."""
    kinds = ContentType.objects.get_for_models(User, LearnerProfile)
    about = Q(content_type=kinds[User], object_id=str(user.pk))
    about |= Q(object_repr__icontains=user.email)
    profile = LearnerProfile.objects.filter(user=user).first()
    if profile is not None:
        about |= Q(content_type=kinds[LearnerProfile], object_id=str(profile.pk))
    return LogEntry.objects.filter(about).delete()[0]
