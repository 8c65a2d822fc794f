"""Having a file for Anki made: one at a time for a learner and a language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from ..models import CardExport
from ..models.card_export import SILENT_FOR
from .queue import export_queue

# The cards of tomorrow are others: a file is kept for a day.
KEPT_FOR = timedelta(days=1)
_State = CardExport.State


def order_export(
    *, learner_id: int, l2: str, now: datetime, put: Callable[[int], None] | None = None
) -> CardExport:
    """Have the file made anew, unless it is being made; return how far it is.

    Raises kombu's OperationalError if the broker is away.
    """
    with transaction.atomic():
        export, created = CardExport.objects.select_for_update().get_or_create(
            learner_id=learner_id,
            l2=l2,
            defaults={"asked_at": now, "touched_at": now},
        )
        silent = export.is_under_way and export.touched_at < now - SILENT_FOR
        if created or silent or not export.is_under_way:
            CardExport.objects.filter(pk=export.pk).update(
                state=_State.QUEUED, error_code="", done=0, total=0,
                asked_at=now, touched_at=now, finished_at=None,
            )  # fmt: skip
            key = export.pk
            transaction.on_commit(lambda: (put or export_queue.put)(key))
    export.refresh_from_db()
    return export


def export_of(*, learner_id: int, l2: str) -> CardExport | None:
    """Return how far a learner's file is, None where none was asked for."""
    return CardExport.objects.filter(learner_id=learner_id, l2=l2).first()


def purge_exports(*, now: datetime) -> int:
    """Delete files that are a day old; return how many."""
    old = CardExport.objects.filter(asked_at__lt=now - KEPT_FOR)
    with transaction.atomic():
        return old.delete()[0]
