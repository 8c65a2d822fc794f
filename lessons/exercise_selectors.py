"""Reads of the exercises of lessons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from .brief import LessonBrief
from .models import Exercise
from .selectors import get_lesson_brief


def get_exercise_brief(*, lesson_id: int, exercise: UUID | None) -> LessonBrief:
    """Return a lesson as the tutor needs it for one of its exercises, or as it is.

    In a role play the tutor plays that exercise's part; in a free talk it asks its question
    as itself. Raises Lesson.DoesNotExist.
    """
    brief = get_lesson_brief(lesson_id=lesson_id)
    if exercise is None:
        return brief
    row = Exercise.objects.filter(lesson_id=lesson_id, uuid=exercise).first()
    if row is None:
        return brief
    if row.type == Exercise.Type.ROLE_PLAY:
        return _role_play(brief, row.data)
    if row.type == Exercise.Type.FREE_TALK:
        question = row.data["question"]
        return replace(
            brief,
            situation=question,
            tutor_role="",
            opening_line=question,
            tutor_facts=(),
        )
    return brief


def _role_play(brief: LessonBrief, data: Mapping[str, Any]) -> LessonBrief:
    role = data["tutor_role"]
    return replace(
        brief,
        situation=data["situation"],
        tutor_role=role,
        opening_line=data["opening_line"],
        goals=tuple(data["goals"]),
        # What the lesson's own role knows, another one does not.
        tutor_facts=brief.tutor_facts if role == brief.tutor_role else (),
    )
