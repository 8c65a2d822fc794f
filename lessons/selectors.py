"""Reads of the catalogue."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, QuerySet

from .brief import LessonBrief
from .levels import TAUGHT_LANGUAGES, CEFRLevel
from .models import Course, Lesson


def offered_courses(*, l2: str | None = None) -> QuerySet[Course]:
    """Return the published courses, in every version, whose language is taught here."""
    courses = Course.objects.filter(
        is_published=True, l2__in=[language.tag for language in TAUGHT_LANGUAGES]
    )
    return courses if l2 is None else courses.filter(l2=l2)


def list_courses(*, l2: str | None = None, level: str = "") -> QuerySet[Course]:
    """Return what who begins now can take, with ``n_lessons``; of one language or level."""
    courses = offered_courses(l2=l2).filter(is_current=True)
    if level:
        courses = courses.filter(level=level)
    return courses.annotate(n_lessons=Count("lessons"))


def list_lessons(*, course_key: str = "", lesson_key: str = "") -> QuerySet[Lesson]:
    """Return the lessons of current courses, in order, of one key each if given."""
    current = offered_courses().filter(is_current=True)
    lessons = Lesson.objects.filter(course__in=current).select_related("course")
    if course_key:
        lessons = lessons.filter(course__key=course_key)
    if lesson_key:
        lessons = lessons.filter(key=lesson_key)
    return lessons


def get_lesson_after(lesson: Lesson) -> Lesson | None:
    """Return the lesson that follows in the course, or None after the last."""
    return (
        Lesson.objects.filter(course=lesson.course_id, position__gt=lesson.position)
        .order_by("position")
        .first()
    )


def get_next_lesson(
    *,
    l2: str,
    level: str,
    talked_ids: Collection[int] = (),
    course_id: int | None = None,
) -> Lesson | None:
    """Return what to offer a learner of this level who talked through some lessons.

    A course of several levels starts at the first lesson of the learner's level, else of the nearest level
    below, else at its beginning. None where nothing is left, or nothing is taught.
    """
    courses = offered_courses(l2=l2).filter(is_current=True)
    if course_id is not None:
        courses = Course.objects.filter(pk=course_id)
    lessons = list(Lesson.objects.filter(course__in=courses).select_related("course"))
    order = CEFRLevel.values
    reached = [item for item in lessons if item.level <= level]
    start_level = max((item.level for item in reached), key=order.index, default=None)
    start = next((i for i, item in enumerate(lessons) if item.level == start_level), 0)
    return next((item for item in lessons[start:] if item.pk not in talked_ids), None)


def get_lesson_brief(*, lesson_id: int) -> LessonBrief:
    """Return a lesson as a plain value. Raises Lesson.DoesNotExist.

    Unpublished lessons are included: a session that has begun may go on.
    """
    lesson = Lesson.objects.select_related("course").get(pk=lesson_id)
    return LessonBrief(
        uuid=lesson.uuid,
        title=lesson.title,
        course_title=lesson.course.title,
        l2=lesson.course.l2,
        level=lesson.level,
        situation=lesson.situation,
        goals=tuple(lesson.goals),
        tutor_role=lesson.tutor_role,
        opening_line=lesson.opening_line,
        target_words=tuple(lesson.target_words),
        target_phrases=tuple(lesson.target_phrases),
        tutor_facts=tuple(lesson.tutor_facts),
        limits=(lesson.limits, lesson.course.limits),
    )
