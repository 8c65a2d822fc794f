"""What follows a deletion: a recording's file, and what mastery learnt from speech."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from .assessments import forget_evidence
from .models import PronunciationAssessment, Recording
from .recordings import delete_file


@receiver(post_delete, sender=Recording, dispatch_uid="sessions.delete_recording_file")
def delete_recording_file(instance: Recording, **kwargs: Any) -> None:
    """Delete the file once the row's deletion is certain.

    Rows also go with their session or reading, and with their learner's account.
    """
    path = instance.path
    transaction.on_commit(lambda: delete_file(path))


@receiver(
    post_delete,
    sender=PronunciationAssessment,
    dispatch_uid="sessions.forget_evidence",
)
def forget_what_was_counted(instance: PronunciationAssessment, **kwargs: Any) -> None:
    """Speech that is deleted counts no more in its learner's mastery."""
    forget_evidence(instance)
