"""``manage.py render_lessons``: makes the videos of lessons that are not there yet."""

from __future__ import annotations

from threading import Event
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inference.conf import shutdown
from learners.avatar_selectors import list_avatars_offered
from lessons.selectors import list_lessons
from sessions.clips.orders import (
    ClipNotPossible,
    can_render,
    clip_capabilities,
    order_clip,
)
from sessions.clips.rendering import render_clip
from sessions.models import RenderedClip


class Command(BaseCommand):
    """Renders here and now, or hands over to workers; what is there is left alone."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which lessons, and with whom."""
        parser.add_argument("--course", default="", help="key of a course")
        parser.add_argument("--lesson", default="", help="key of a lesson")
        parser.add_argument("--avatar", default="", help="key of a tutor")
        parser.add_argument(
            "--queue", action="store_true", help="leave the work to Celery's workers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Order each video and make it. Fails if one could not be made."""
        avatar = options["avatar"] or _first_avatar()
        failed = 0
        for lesson in list_lessons(
            course_key=options["course"], lesson_key=options["lesson"]
        ):
            state = self._made(lesson.pk, avatar, here=not options["queue"])
            failed += state.startswith(RenderedClip.State.FAILED)
            self.stdout.write(f"{lesson.course.key} {lesson.key}: {state}")
        if not options["queue"]:
            shutdown()
        if failed:
            raise CommandError(f"{failed} videos could not be made.")

    def _made(self, lesson_id: int, avatar: str, *, here: bool) -> str:
        try:
            clip = order_clip(
                lesson_id=lesson_id,
                avatar_key=avatar,
                ordered_by_id=None,
                now=timezone.now(),
                put=_nobody if here else None,
            )
        except ObjectDoesNotExist as error:
            raise CommandError(f"There is no tutor {avatar!r}.") from error
        except ClipNotPossible as problem:
            raise CommandError(problem.message) from problem
        if here:
            render_clip(clip.uuid, cancelled=Event())
            clip.refresh_from_db()
        return f"{clip.state} {clip.error_code}".strip()


def _nobody(clip: UUID) -> None:
    """Take it nowhere: it is made right here."""


def _first_avatar() -> str:
    can = clip_capabilities()
    for avatar in list_avatars_offered():
        if can_render(avatar.kind, can):
            return avatar.key
    raise CommandError("This site cannot make videos: see TUTOR_CLIP_RENDERER.")
