"""What follows a deletion: files, and what mastery learnt from speech."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from .anki.files import delete_export
from .assessments import forget_evidence
from .clips.files import delete_files
from .models import CardExport, PronunciationAssessment, Recording, RenderedClip
from .portraits.prepared_files import delete_prepared
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


@receiver(post_delete, sender=RenderedClip, dispatch_uid="sessions.delete_clip_files")
def delete_clip_files(instance: RenderedClip, **kwargs: Any) -> None:
    """Delete a clip's files; it also goes with its lesson and with its avatar."""
    folder = instance.folder
    transaction.on_commit(lambda: delete_files(folder))


@receiver(
    post_delete, sender="learners.Avatar", dispatch_uid="sessions.delete_prepared_face"
)
def delete_what_was_prepared(instance: Any, **kwargs: Any) -> None:
    """Delete what was prepared of a portrait for talks: it shows the same person."""
    key = instance.key
    transaction.on_commit(lambda: delete_prepared(key))


@receiver(post_delete, sender=CardExport, dispatch_uid="sessions.delete_export_file")
def delete_export_file(instance: CardExport, **kwargs: Any) -> None:
    """Delete a learner's file for Anki; it also goes with their account."""
    key = instance.pk
    transaction.on_commit(lambda: delete_export(key))
