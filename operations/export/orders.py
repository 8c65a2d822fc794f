"""Having an archive of a learner's data made: one at a time for each who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from learners.models import User
from schools.audit import record

from ..models import DataExport
from ..models.data_export import SILENT_FOR
from .files import delete_export
from .queue import data_export_queue

# What is kept changes with each talk, and a copy that lies about is one more to guard.
KEPT_FOR = timedelta(days=1)
_State = DataExport.State


def order_data_export(
    *,
    learner: User,
    asked_by: UUID,
    reason: str = "",
    language: str = "",
    now: datetime,
    put: Callable[[int], None] | None = None,
) -> DataExport:
    """Have the archive made anew, unless it is being made; return how far it is.

    ``asked_by`` is who may fetch it: the learner, a guardian or somebody of the staff.
    Raises kombu's OperationalError if the broker is away.
    """
    with transaction.atomic():
        export, created = DataExport.objects.select_for_update().get_or_create(
            learner=learner,
            asked_by=asked_by,
            defaults={"asked_at": now, "touched_at": now},
        )
        silent = export.is_under_way and export.touched_at < now - SILENT_FOR
        if created or silent or not export.is_under_way:
            old = export.uuid
            DataExport.objects.filter(pk=export.pk).update(
                state=_State.QUEUED, error_code="", done=0, total=0, n_bytes=0,
                reason=reason, language=language,
                asked_at=now, touched_at=now, finished_at=None,
            )  # fmt: skip
            record(
                action="export.ordered",
                now=now,
                actor=asked_by,
                subject=learner.uuid,
                target="data export",
                target_uuid=export.uuid,
                reason=reason,
            )
            key = export.pk
            transaction.on_commit(lambda: delete_export(old))
            transaction.on_commit(lambda: (put or data_export_queue.put)(key))
    export.refresh_from_db()
    return export


def data_export_of(*, learner: User, asked_by: UUID) -> DataExport | None:
    """Return how far the archive is that somebody asked for, None where none was."""
    return DataExport.objects.filter(learner=learner, asked_by=asked_by).first()


def note_fetched(export: DataExport, *, now: datetime) -> None:
    """Write down that an archive was fetched."""
    record(
        action="export.fetched",
        now=now,
        actor=export.asked_by,
        subject=export.learner.uuid,
        target="data export",
        target_uuid=export.uuid,
        reason=export.reason,
        detail={"bytes": export.n_bytes},
    )


def take_up_data_exports(
    *, now: datetime, put: Callable[[int], None] | None = None
) -> int:
    """Go on with archives that waited when the server stopped; return how many."""
    waiting = DataExport.objects.filter(state=_State.QUEUED)
    dead = DataExport.objects.filter(
        state=_State.RUNNING, touched_at__lt=now - SILENT_FOR
    )
    keys = list((waiting | dead).values_list("pk", flat=True))
    for key in keys:
        (put or data_export_queue.put)(key)
    return len(keys)


def purge_data_exports(*, now: datetime) -> int:
    """Delete archives that are a day old; return how many."""
    with transaction.atomic():
        old = DataExport.objects.filter(asked_at__lt=now - KEPT_FOR)
        return old.delete()[0]
