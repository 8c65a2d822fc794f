"""What becomes of tutors' voices when rows go, and every day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from .models import Avatar, TutorVoice
from .services.tutor_voices import purge_voices
from .signals import purging
from .voice_files import delete_voice


@receiver(post_delete, sender=TutorVoice, dispatch_uid="learners.delete_voice_files")
def delete_voice_files(instance: TutorVoice, **kwargs: Any) -> None:
    """Delete a clip and all that was made of it; it also goes with its school."""
    key = instance.key
    transaction.on_commit(lambda: delete_voice(key))


@receiver(pre_delete, sender=Avatar, dispatch_uid="learners.rest_voices_of_a_tutor")
def rest_voices_of_a_tutor(instance: Avatar, **kwargs: Any) -> None:
    """A voice that was for this tutor only does not become everybody's."""
    TutorVoice.objects.filter(avatar=instance).update(in_use=False)


@receiver(purging, dispatch_uid="learners.purge_voices")
def end_voices(*, now: datetime, **kwargs: Any) -> int:
    """End consents whose day is over, and forget old records."""
    return purge_voices(now=now)
