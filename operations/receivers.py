"""What follows a deletion, and what the daily clean-up does here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from learners.signals import purging

from .erasure.again import erase_again
from .erasure.requests import erase_due
from .export.files import delete_export
from .export.orders import purge_data_exports
from .models import DataExport


@receiver(post_delete, sender=DataExport, dispatch_uid="operations.delete_export")
def delete_export_file(instance: DataExport, **kwargs: Any) -> None:
    """Delete an archive once the row's deletion is certain; it goes with its learner."""
    export = instance.uuid
    transaction.on_commit(lambda: delete_export(export))


@receiver(purging, dispatch_uid="operations.purge_exports")
def purge_exports(now: datetime, **kwargs: Any) -> int:
    """Delete archives that are a day old."""
    return purge_data_exports(now=now)


@receiver(purging, dispatch_uid="operations.erase_due")
def erase_what_is_due(now: datetime, **kwargs: Any) -> int:
    """Erase the accounts whose time is over, and those that a restore brought back."""
    again = erase_again(root=Path(settings.PRIVATE_ROOT), now=now)
    return erase_due(now=now) + again.erased
