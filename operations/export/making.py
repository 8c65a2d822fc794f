"""Makes one archive of a learner's data."""

from __future__ import annotations

import logging
from threading import Event

from django.db.models import F, Q
from django.utils import timezone, translation

from inference.protocols import Cancelled
from learners.languages import is_interface_language
from sessions.job_claim import JobClaim

from ..models import DataExport
from ..models.data_export import SILENT_FOR
from .archive import Abandoned, write_archive
from .files import delete_export, export_path
from .sounds import sounds_of

logger = logging.getLogger(__name__)
_State = DataExport.State


def make_export(export_id: int, *, cancelled: Cancelled | None = None) -> None:
    """Make an archive that waits, or whose maker has died; of any other nothing is done.

    Safe to repeat. A failure is written down, not raised. One that is cancelled waits again.
    """
    stop = cancelled or Event()
    export = _claimed(export_id)
    if export is None:
        return
    rows = DataExport.objects.filter(
        pk=export.pk, attempt=export.attempt, state=_State.RUNNING
    )
    claim = JobClaim(rows, stop)
    try:
        _make(export, claim)
    except Abandoned:
        pass
    except Exception as error:
        # The words of a library may quote what is in a row.
        logger.exception(
            "export %s failed with %s",
            export.uuid,
            type(error).__name__,
            exc_info=False,
        )
        claim.keep(
            state=_State.FAILED, error_code="export.failed", finished_at=timezone.now()
        )
    if stop.is_set():
        claim.keep(state=_State.QUEUED)
    if not DataExport.objects.filter(pk=export.pk).exists():
        # Deleted while it was being made: what was written since goes too.
        delete_export(export.uuid)


def _claimed(export_id: int) -> DataExport | None:
    now = timezone.now()
    waiting = Q(state=_State.QUEUED)
    silent = Q(state=_State.RUNNING, touched_at__lt=now - SILENT_FOR)
    claimed = DataExport.objects.filter(waiting | silent, pk=export_id).update(
        state=_State.RUNNING, attempt=F("attempt") + 1, touched_at=now
    )
    if not claimed:
        return None
    return DataExport.objects.select_related("learner__profile").get(pk=export_id)


def _make(export: DataExport, claim: JobClaim) -> None:
    sounds = sounds_of(user_id=export.learner_id)
    claim.keep(total=len(sounds), done=0)

    def tell(done: int) -> bool:
        claim.tell(done=done)
        return not claim.is_set()

    chosen = export.language if is_interface_language(export.language) else "en"
    with translation.override(chosen):
        n_bytes = write_archive(
            export.learner,
            sounds,
            export_path(export.uuid),
            now=timezone.now(),
            tell=tell,
        )
    claim.keep(
        state=_State.READY,
        done=len(sounds),
        n_bytes=n_bytes,
        finished_at=timezone.now(),
    )
