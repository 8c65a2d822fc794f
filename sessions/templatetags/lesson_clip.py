"""Shows a lesson's video where the catalogue shows the lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from ..clips.showing import LessonClip, lesson_clip

if TYPE_CHECKING:
    from lessons.models import Lesson

register = template.Library()


@register.simple_tag(takes_context=True)
def clip_of(context: dict[str, Any], lesson: Lesson) -> LessonClip:
    """Return what the reader may see of a lesson's videos."""
    return lesson_clip(
        lesson_id=lesson.pk,
        lesson_uuid=lesson.uuid,
        user=context["user"],
        now=timezone.now(),
    )
