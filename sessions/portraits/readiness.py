"""Which portraits can speak in talks here."""

from __future__ import annotations

import logging

from django.db.models import F

from inference.conf import engine_name, get_engine
from inference.errors import StageError
from inference.protocols import FaceCapabilities, FaceRenderer
from inference.stages.stage import EngineKind
from learners.avatar_selectors import list_portraits

from ..models import PortraitPreparation

logger = logging.getLogger(__name__)


def portrait_renderer() -> FaceCapabilities | None:
    """Return what the face renderer can do, None if it does not make portraits speak."""
    try:
        renderer: FaceRenderer = get_engine(EngineKind.FACE_RENDERER)
        can = renderer.capabilities
    except StageError as error:
        logger.warning("portraits do not speak in talks: %s", error.code)
        return None
    return can if can.portraits else None


def renderer_name() -> str:
    """Return the name of the face renderer, for which a preparation counts."""
    return engine_name(EngineKind.FACE_RENDERER)


def ready_portraits() -> frozenset[str]:
    """Return the keys of the portraits that are prepared as they are today."""
    ready = PortraitPreparation.objects.filter(
        state=PortraitPreparation.State.READY,
        engine=renderer_name(),
        sha256=F("avatar__sha256"),
    )
    return frozenset(ready.values_list("avatar__key", flat=True))


def withheld_portraits() -> frozenset[str]:
    """Return the keys of the portraits that no talk shows: not ready, or switched off."""
    ready = ready_portraits()
    return frozenset(
        portrait.key
        for portrait in list_portraits()
        if not portrait.is_active or portrait.key not in ready
    )
