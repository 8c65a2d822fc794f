"""Whom a learner may choose as their tutor here, and whom a talk shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from learners.avatar_selectors import chosen_avatar, list_avatars_offered

from .clips.faces import head_file
from .portraits.readiness import portrait_renderer, ready_portraits

if TYPE_CHECKING:
    from learners.models import Avatar

FIRST_HEAD = "ada"


def tutors_to_choose() -> list[Avatar]:
    """Return the heads that come with this version, and the portraits that can speak.

    A portrait speaks where the face renderer knows it and has prepared it.
    """
    can = portrait_renderer()
    filmed = can.avatars & ready_portraits() if can else frozenset()
    return [
        avatar
        for avatar in list_avatars_offered()
        if (avatar.key in filmed if avatar.path else head_file(avatar.key, "glb"))
    ]


def drawn_head(*, user_id: int) -> str:
    """Return the key of the built-in head that a learner's own page draws.

    Whom they chose, else whom the site shows, else the first that has a file.
    """
    chosen = chosen_avatar(user_id=user_id)
    heads = [each.key for each in list_avatars_offered() if not each.path]
    wished = [chosen.key if chosen else "", settings.LIVE["AVATAR"], *heads]
    return next((key for key in wished if key and head_file(key, "glb")), FIRST_HEAD)
