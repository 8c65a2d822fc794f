"""Where a learner gets to in courses: begun, read, talked through, finished."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from lessons.models import Course, Exercise, Lesson

from ..models import CourseProgress, LessonAttempt, LessonProgress
from .review_cards import refresh_cards_soon


@transaction.atomic
def start_course(*, learner_id: int, course: Course, now: datetime) -> CourseProgress:
    """Begin a course, or go on with the version of it that the learner is in.

    Who is in the middle of another version keeps that one: the row that is returned says
    which. A course that was finished stays finished.
    """
    begun = (
        CourseProgress.objects.filter(
            learner_id=learner_id, course__key=course.key, finished_at=None
        )
        .exclude(course=course)
        .first()
    )
    if begun is not None and not _has_begun(learner_id, course):
        _touch(begun, now)
        return begun
    return _course_row(learner_id, course, now)


@transaction.atomic
def start_lesson(*, learner_id: int, lesson: Lesson, now: datetime) -> LessonProgress:
    """Begin a lesson and the version of the course it is of; begun once, it stays begun."""
    _course_row(learner_id, lesson.course, now)
    progress, _created = LessonProgress.objects.get_or_create(
        learner_id=learner_id, lesson=lesson, defaults={"started_at": now}
    )
    return progress


def mark_read(*, learner_id: int, lesson: Lesson, now: datetime) -> LessonProgress:
    """Keep that the learner went through dialogue and words; the first time counts."""
    return _mark(learner_id, lesson, "read_at", now)


def mark_talked(*, learner_id: int, lesson: Lesson, now: datetime) -> LessonProgress:
    """Keep that the learner talked the lesson through; the first time counts.

    To call with each turn: what is known already costs one look.
    """
    known = LessonProgress.objects.filter(
        learner_id=learner_id, lesson=lesson, talked_at__isnull=False
    ).first()
    return known or _mark(learner_id, lesson, "talked_at", now)


def finish_exercise_row(
    *, learner_id: int, lesson: Lesson, now: datetime
) -> LessonProgress:
    """Look whether the lesson, and with it its course, is finished; to call after an answer.

    A lesson is finished once each of its exercises was answered, one without exercises once
    it was talked through. What is finished stays so.
    """
    with transaction.atomic():
        progress = start_lesson(learner_id=learner_id, lesson=lesson, now=now)
        _finish(progress, lesson, now)
    progress.refresh_from_db()
    return progress


def _mark(learner_id: int, lesson: Lesson, field: str, now: datetime) -> LessonProgress:
    with transaction.atomic():
        progress = start_lesson(learner_id=learner_id, lesson=lesson, now=now)
        rows = LessonProgress.objects.filter(pk=progress.pk, **{field: None})
        if rows.update(**{field: now}):
            progress.refresh_from_db()
            _finish(progress, lesson, now)
            refresh_cards_soon(learner_id=learner_id, l2=lesson.course.l2, now=now)
    progress.refresh_from_db()
    return progress


def _finish(progress: LessonProgress, lesson: Lesson, now: datetime) -> None:
    learner_id = progress.learner_id
    answered = LessonAttempt.objects.filter(
        learner_id=learner_id, exercise=OuterRef("pk")
    ).exclude(outcome=LessonAttempt.Outcome.EMPTY)
    exercises = Exercise.objects.filter(lesson=lesson)
    if exercises.exists():
        done = not exercises.filter(~Exists(answered)).exists()
    else:
        done = progress.talked_at is not None
    if not done:
        return
    LessonProgress.objects.filter(pk=progress.pk, finished_at=None).update(
        finished_at=now
    )
    finished = LessonProgress.objects.filter(
        learner_id=learner_id, lesson=OuterRef("pk"), finished_at__isnull=False
    )
    lessons = Lesson.objects.filter(course_id=lesson.course_id)
    if not lessons.filter(~Exists(finished)).exists():
        CourseProgress.objects.filter(
            learner_id=learner_id, course_id=lesson.course_id, finished_at=None
        ).update(finished_at=now)


def _has_begun(learner_id: int, course: Course) -> bool:
    return CourseProgress.objects.filter(learner_id=learner_id, course=course).exists()


def _course_row(learner_id: int, course: Course, now: datetime) -> CourseProgress:
    progress, created = CourseProgress.objects.get_or_create(
        learner_id=learner_id,
        course=course,
        defaults={"started_at": now, "last_active_at": now},
    )
    if not created:
        _touch(progress, now)
    return progress


def _touch(progress: CourseProgress, now: datetime) -> None:
    # A clock that was set back does not take anybody back.
    if now > progress.last_active_at:
        progress.last_active_at = now
        progress.save(update_fields=["last_active_at"])
