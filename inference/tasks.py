"""Long jobs of inference as Celery tasks.

Queues are declared in ``tutorplatform/settings/tasks.py``. Without a broker the same
functions may be called directly, in a thread of the caller.
"""

from __future__ import annotations

from threading import Event
from typing import Any

from celery import shared_task

from inference.conf import get_engine
from inference.stages.stage import EngineKind


@shared_task(name="inference.prepare_avatar")
def prepare_avatar(*, avatar: str, **kwargs: Any) -> dict[str, str | int]:
    """Make an avatar ready to speak in the store that servers share with this worker.

    Safe to repeat: an avatar that is ready is found by its content. Returns what was
    prepared, without the pictures. Raises StageError ``video.no_face`` or ``video.failed``.
    """
    renderer = get_engine(EngineKind.FACE_RENDERER)
    prepared = renderer.prepare(avatar, cancelled=Event())
    return {
        "avatar": prepared.avatar,
        "sha256": prepared.sha256,
        "width": prepared.width,
        "height": prepared.height,
        "fps": prepared.fps,
    }
