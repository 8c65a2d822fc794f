"""Whom a learner may choose as their tutor here, and whom a talk shows."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import FaceRenderer
from inference.stages.stage import EngineKind
from learners.avatar_selectors import chosen_avatar, list_avatars_offered

from .clips.faces import head_file

if TYPE_CHECKING:
    from learners.models import Avatar

logger = logging.getLogger(__name__)

FIRST_HEAD = "ada"


def tutors_to_choose() -> list[Avatar]:
    """Return the heads that come with this version, and the portraits that can speak.

    A portrait speaks where the face renderer knows it.
    """
    filmed = _filmed()
    return [
        avatar
        for avatar in list_avatars_offered()
        if (avatar.key in filmed if avatar.path else head_file(avatar.key, "glb"))
    ]


def _filmed() -> frozenset[str]:
    try:
        renderer: FaceRenderer = get_engine(EngineKind.FACE_RENDERER)
        return renderer.capabilities.avatars
    except StageError as error:
        logger.warning("portraits are not offered: %s", error.code)
        return frozenset()


def drawn_head(*, user_id: int) -> str:
    """Return the key of the built-in head that a learner's own page draws.

    Whom they chose, else whom the site shows, else the first that has a file.
    """
    chosen = chosen_avatar(user_id=user_id)
    heads = [each.key for each in list_avatars_offered() if not each.path]
    wished = [chosen.key if chosen else "", settings.LIVE["AVATAR"], *heads]
    return next((key for key in wished if key and head_file(key, "glb")), FIRST_HEAD)
