"""Which video a lesson's page shows to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.avatar_selectors import chosen_avatar, list_avatars_offered
from learners.permissions import AnyUser, can_manage_lessons_media
from lessons.selectors import get_lesson_brief

from ..models import RenderedClip
from .orders import can_render, clip_capabilities, is_silent
from .words import lesson_lines, words_digest

if TYPE_CHECKING:
    from learners.models import Avatar

# Words for a person, by the code of a failure.
_FAILURES = {
    "clip.no_face": gettext_lazy(
        "No face that can speak was found in the tutor's picture."
    ),
    "clip.timeout": gettext_lazy("Making the video took too long."),
    "tts.failed": gettext_lazy("The tutor's voice did not work."),
}


@dataclass(frozen=True, slots=True)
class LessonClip:
    """What the page of a lesson shows of its videos.

    ``clip`` is None where there is none to speak of. ``message`` is for the reader, ``""``
    for nothing to say. ``choices`` are the avatars whose video may be ordered, empty for
    who may not.
    """

    lesson: UUID
    clip: RenderedClip | None
    message: str
    choices: tuple[Avatar, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.clip is None and not self.choices


def clips_of_lesson(*, lesson_id: int) -> QuerySet[RenderedClip]:
    """Return the clips that say what the lesson says today, latest first."""
    lesson = get_lesson_brief(lesson_id=lesson_id)
    words = words_digest(lesson_lines(lesson), lesson.l2)
    return RenderedClip.objects.filter(lesson_id=lesson_id, words=words).select_related(
        "avatar", "lesson__course"
    )


def lesson_clip(
    *, lesson_id: int, lesson_uuid: UUID, user: AnyUser, now: datetime
) -> LessonClip:
    """Return what to show of a lesson's videos to somebody who is signed in."""
    manages = can_manage_lessons_media(user)
    clip = _chosen(list(clips_of_lesson(lesson_id=lesson_id)), user, manages=manages)
    choices: tuple[Avatar, ...] = ()
    if manages and not (clip and clip.is_under_way and not is_silent(clip, now)):
        can = clip_capabilities()
        choices = tuple(a for a in list_avatars_offered() if can_render(a.kind, can))
    return LessonClip(lesson_uuid, clip, state_words(clip, now), choices)


def state_words(clip: RenderedClip | None, now: datetime) -> str:
    """Return how far a clip is, in words for a person."""
    if clip is None or clip.state == RenderedClip.State.READY:
        return ""
    if clip.state == RenderedClip.State.FAILED:
        why = _FAILURES.get(clip.error_code)
        words = _("The video could not be made.")
        return f"{words} {why}" if why else words
    if is_silent(clip, now):
        return _("Making the video was interrupted. It has to be ordered again.")
    if clip.state == RenderedClip.State.QUEUED:
        return _("The video is waiting to be made.")
    return _("The video is being made.")


def _chosen(
    clips: list[RenderedClip], user: AnyUser, *, manages: bool
) -> RenderedClip | None:
    """Return the latest order for who manages, else the best there is to see."""
    if manages and clips and clips[0].is_under_way:
        return clips[0]
    ready = [clip for clip in clips if clip.state == RenderedClip.State.READY]
    if ready:
        own = chosen_avatar(user_id=user.pk) if user.pk else None
        wished = own.pk if own else None
        return next((c for c in ready if c.avatar_id == wished), ready[0])
    return clips[0] if clips else None
