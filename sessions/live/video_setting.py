"""What this server offers as video, from the settings and the engine."""

from __future__ import annotations

import logging
from threading import Event, Lock

from django.conf import settings
from django.urls import reverse

from inference.conf import get_engine, video_places
from inference.errors import StageError
from inference.protocols import FaceRenderer
from inference.stages.stage import EngineKind
from sessions.turns.filming import FilmSettings

from .session_face import Clips, VideoSetting
from .video_streams import VideoStreams, WorkersStreams

logger = logging.getLogger(__name__)

_lock = Lock()
_streams: dict[object, VideoStreams] = {}


def video_setting(
    avatar: str = "", withheld: frozenset[str] = frozenset()
) -> VideoSetting | None:
    """Return what a talk may show as video, None where there is none.

    ``avatar`` is whom the learner chose; somebody the engine does not know is replaced by
    the deployment's choice. Those ``withheld`` are not shown. May load the engine. Where
    workers have the face there may be none just now: it comes back by itself.
    """
    try:
        engine: FaceRenderer = get_engine(EngineKind.FACE_RENDERER)
        can = engine.capabilities
    except StageError as error:
        logger.error("no video of the tutor: %s", error.code)
        return None
    possible = can.avatars - withheld
    streams = _shared_streams(can.streams)
    if not streams.has_any or not possible:
        return None
    wished = [avatar, settings.LIVE["AVATAR"], *sorted(possible)]
    shown = next(name for name in wished if name in possible)
    return VideoSetting(
        film=FilmSettings(shown, wait_ms=settings.LIVE["FACE_WAIT_MS"]),
        streams=streams,
        ready=lambda: clips(engine, shown),
        first=can.before_client_head,
    )


def clips(engine: FaceRenderer, avatar: str) -> Clips:
    """Make an avatar ready and return where its clips are. Raises StageError."""
    prepared = engine.prepare(avatar, cancelled=Event())
    url = reverse("sessions:face-idle", args=[avatar, prepared.sha256])
    return Clips(url, prepared.states)


def _shared_streams(can: int) -> VideoStreams:
    """Return the places that all talks of this process share.

    ``can`` is how many replies the engine keeps up with.
    """
    wished: int = settings.LIVE["FACE_STREAMS"]
    with _lock:
        if (places := video_places()) is not None:
            shared = WorkersStreams(places, wished)
            return _streams.setdefault((places, wished), shared)
        # An engine without video has none, whatever is wished.
        limit = wished if wished and can else can
        return _streams.setdefault(limit, VideoStreams(limit))
