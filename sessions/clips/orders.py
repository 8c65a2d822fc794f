"""Ordering the video of a lesson: made once for the same words, voice, face and engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import ClipCapabilities, ClipRenderer
from inference.stages.stage import EngineKind
from inference.types.clip import AvatarKind
from learners.avatar_selectors import get_avatar
from lessons.selectors import get_lesson_brief

from ..models import RenderedClip
from ..voices import voice_name
from .faces import face_digest
from .queue import clip_queue
from .rendering import SILENT_FOR
from .words import clip_digest, lesson_lines, words_digest

Put = Callable[[UUID], None]

_KIND_OF = {"HEAD": AvatarKind.HEAD, "PORTRAIT": AvatarKind.PORTRAIT}


class ClipNotPossible(Exception):
    """A clip cannot be ordered; the message is for whoever wanted it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def clip_capabilities() -> ClipCapabilities | None:
    """Return what the configured renderer can do, None where it cannot be used."""
    try:
        renderer: ClipRenderer = get_engine(EngineKind.CLIP_RENDERER)
        can = renderer.capabilities
    except StageError:
        return None
    return can if can.avatars else None


def can_render(kind: str, can: ClipCapabilities | None) -> bool:
    """Whether an avatar of this kind (``HEAD``, ``PORTRAIT``) can have a clip here."""
    return can is not None and _KIND_OF[kind] in can.avatars


def order_clip(
    *,
    lesson_id: int,
    avatar_key: str,
    ordered_by_id: int | None,
    now: datetime,
    put: Put | None = None,
) -> RenderedClip:
    """Return the lesson's clip with this avatar, and have it made if it is not there.

    One that waits or is being made stays as it is, unless whoever made it has died; one
    that failed is tried again. ``put`` takes it to whoever makes it, else the queue.
    Raises ClipNotPossible, Lesson.DoesNotExist, Avatar.DoesNotExist.
    """
    avatar = get_avatar(key=avatar_key)
    can = clip_capabilities()
    if can is None or not can_render(avatar.kind, can):
        raise ClipNotPossible(
            "clip.not_possible", _("This site cannot make videos with this tutor.")
        )
    lesson = get_lesson_brief(lesson_id=lesson_id)
    lines = lesson_lines(lesson)
    digest = clip_digest(
        lines,
        language=lesson.l2,
        voice=voice_name(lesson.l2),
        face=face_digest(avatar),
        engine=can.fingerprint,
    )
    with transaction.atomic():
        clip, made = RenderedClip.objects.get_or_create(
            lesson_id=lesson_id,
            digest=digest,
            defaults={
                "avatar": avatar,
                "words": words_digest(lines, lesson.l2),
                "ordered_by_id": ordered_by_id,
                "ordered_at": now,
                "touched_at": now,
            },
        )
        if made or _is_to_be_made(clip, now):
            _put_in_line(clip.uuid, now, put or clip_queue.put)
    clip.refresh_from_db()
    return clip


def take_up(*, now: datetime) -> int:
    """Have clips made that wait or whose worker has died; return how many."""
    silent = Q(state=RenderedClip.State.RUNNING, touched_at__lt=now - SILENT_FOR)
    waiting = RenderedClip.objects.filter(silent | Q(state=RenderedClip.State.QUEUED))
    uuids = list(waiting.order_by("ordered_at").values_list("uuid", flat=True))
    for uuid in uuids:
        _put_in_line(uuid, now, clip_queue.put)
    return len(uuids)


def is_silent(clip: RenderedClip, now: datetime) -> bool:
    """Whether whoever makes the clip has not been heard of for too long."""
    return (
        clip.state == RenderedClip.State.RUNNING and clip.touched_at < now - SILENT_FOR
    )


def _is_to_be_made(clip: RenderedClip, now: datetime) -> bool:
    lost = clip.state == RenderedClip.State.QUEUED and (
        clip.touched_at < now - SILENT_FOR
    )
    return clip.state == RenderedClip.State.FAILED or lost or is_silent(clip, now)


def _put_in_line(uuid: UUID, now: datetime, put: Put) -> None:
    RenderedClip.objects.filter(uuid=uuid).update(
        state=RenderedClip.State.QUEUED,
        progress=0.0,
        error_code="",
        finished_at=None,
        touched_at=now,
    )
    transaction.on_commit(lambda: put(uuid))
