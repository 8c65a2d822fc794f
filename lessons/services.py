"""Changes to the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from .models import Course, Lesson


def save_course(
    *,
    key: str,
    title: str,
    l2: str,
    description: str,
    is_published: bool,
    talk_minutes: int | None = None,
    tutor_model: str = "",
    tutor_temperature: float | None = None,
    tutor_reply_tokens: int | None = None,
) -> Course:
    """Create the course with this key, or change its current version.

    Raises ValidationError.
    """
    course = Course.objects.filter(key=key, is_current=True).first()
    if course is None:
        course = Course(key=key)
    course.title = title
    course.l2 = l2
    course.description = description
    course.is_published = is_published
    course.talk_minutes = talk_minutes
    course.tutor_model = tutor_model
    course.tutor_temperature = tutor_temperature
    course.tutor_reply_tokens = tutor_reply_tokens
    course.full_clean()
    course.save()
    return course


@transaction.atomic
def save_lesson(
    *,
    course: Course,
    key: str,
    position: int,
    title: str,
    level: str,
    situation: str,
    goals: Sequence[str],
    tutor_role: str,
    opening_line: str,
    target_words: Sequence[str] = (),
    target_phrases: Sequence[str] = (),
    tutor_facts: Sequence[str] = (),
    notes: str = "",
    talk_minutes: int | None = None,
) -> Lesson:
    """Create the course's lesson with this key, or change it. Raises ValidationError."""
    lesson = Lesson.objects.filter(course=course, key=key).first()
    if lesson is None:
        lesson = Lesson(course=course, key=key)
    lesson.position = position
    lesson.title = title
    lesson.level = level
    lesson.situation = situation
    lesson.goals = list(goals)
    lesson.tutor_role = tutor_role
    lesson.opening_line = opening_line
    lesson.target_words = list(target_words)
    lesson.target_phrases = list(target_phrases)
    lesson.tutor_facts = list(tutor_facts)
    lesson.notes = notes
    lesson.talk_minutes = talk_minutes
    lesson.full_clean()
    lesson.save()
    return lesson
