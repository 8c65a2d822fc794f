"""Makes one portrait ready to speak."""

from __future__ import annotations

import logging

from django.db.models import F
from django.utils import timezone

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import Cancelled, FaceRenderer
from inference.stages.stage import EngineKind

from ..job_claim import JobClaim
from ..models import PortraitPreparation
from .prepared_files import delete_prepared

logger = logging.getLogger(__name__)

_State = PortraitPreparation.State


class _Watched:
    """A claim that shows life whenever the engine asks whether it is still wanted."""

    def __init__(self, claim: JobClaim) -> None:
        self._claim = claim

    def is_set(self) -> bool:
        """Whether nobody wants the portrait any more."""
        self._claim.tell()
        return self._claim.is_set()


def prepare_portrait(key: str, *, cancelled: Cancelled) -> None:
    """Prepare a portrait that waits; of any other nothing is done.

    Safe to repeat: who comes second takes it over, and finds what is there already. A
    failure is written down, not raised. One that is cancelled waits again.
    """
    preparation = _claimed(key)
    if preparation is None:
        return
    rows = PortraitPreparation.objects.filter(
        pk=preparation.pk, attempt=preparation.attempt, state=_State.RUNNING
    )
    claim = JobClaim(rows, cancelled)
    problem = _problem(key, _Watched(claim))
    if not problem:
        claim.keep(state=_State.READY, finished_at=timezone.now())
    elif cancelled.is_set():
        claim.keep(state=_State.QUEUED)
    else:
        claim.keep(state=_State.FAILED, error_code=problem, finished_at=timezone.now())
    if not PortraitPreparation.objects.filter(pk=preparation.pk).exists():
        # Deleted while it was being prepared: what was written since goes too.
        delete_prepared(key)


def _claimed(key: str) -> PortraitPreparation | None:
    unfinished = PortraitPreparation.objects.filter(
        avatar__key=key, state__in=(_State.QUEUED, _State.RUNNING)
    )
    claimed = unfinished.update(
        state=_State.RUNNING, attempt=F("attempt") + 1, touched_at=timezone.now()
    )
    return unfinished.get() if claimed else None


def _problem(key: str, watched: Cancelled) -> str:
    """Have the renderer prepare it; return the code of what went wrong, ``""`` if nothing."""
    try:
        renderer: FaceRenderer = get_engine(EngineKind.FACE_RENDERER)
        renderer.prepare(key, cancelled=watched)
    except StageError as error:
        if not watched.is_set():
            logger.error("portrait %s: %s, %s", key, error.code, error.message)
        return error.code
    except Exception as error:
        logger.exception("portrait %s failed with %s", key, type(error).__name__)
        return "video.failed"
    return ""
