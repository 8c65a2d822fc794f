"""What follows a deletion: a recording's file goes with its row."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from .models import Recording
from .recordings import delete_file


@receiver(post_delete, sender=Recording, dispatch_uid="sessions.delete_recording_file")
def delete_recording_file(instance: Recording, **kwargs: Any) -> None:
    """Delete the file once the row's deletion is certain.

    Rows also go with their session, and with their learner's account.
    """
    path = instance.path
    transaction.on_commit(lambda: delete_file(path))
