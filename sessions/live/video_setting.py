"""What this server offers as video, from the settings and the engine."""

from __future__ import annotations

import logging
from threading import Event, Lock

from django.conf import settings
from django.urls import reverse

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import FaceRenderer
from inference.stages.stage import EngineKind
from sessions.turns.filming import FilmSettings

from .session_face import Clips, VideoSetting
from .video_streams import VideoStreams

logger = logging.getLogger(__name__)

_lock = Lock()
_streams: dict[int, VideoStreams] = {}


def video_setting(
    avatar: str = "", withheld: frozenset[str] = frozenset()
) -> VideoSetting | None:
    """Return what a talk may show as video, None where there is none.

    ``avatar`` is whom the learner chose; somebody the engine does not know is replaced by
    the deployment's choice. Those ``withheld`` are not shown. May load the engine.
    """
    try:
        engine: FaceRenderer = get_engine(EngineKind.FACE_RENDERER)
    except StageError as error:
        logger.error("no video of the tutor: %s", error.code)
        return None
    can = engine.capabilities
    possible = can.avatars - withheld
    if not can.streams or not possible:
        return None
    wished = [avatar, settings.LIVE["AVATAR"], *sorted(possible)]
    shown = next(name for name in wished if name in possible)
    return VideoSetting(
        film=FilmSettings(shown, wait_ms=settings.LIVE["FACE_WAIT_MS"]),
        streams=_shared_streams(settings.LIVE["FACE_STREAMS"] or can.streams),
        ready=lambda: clips(engine, shown),
        first=can.before_client_head,
    )


def clips(engine: FaceRenderer, avatar: str) -> Clips:
    """Make an avatar ready and return where its clips are. Raises StageError."""
    prepared = engine.prepare(avatar, cancelled=Event())
    url = reverse("sessions:face-idle", args=[avatar, prepared.sha256])
    return Clips(url, prepared.states)


def _shared_streams(limit: int) -> VideoStreams:
    """Return the places that all talks of this process share."""
    with _lock:
        return _streams.setdefault(limit, VideoStreams(limit))
