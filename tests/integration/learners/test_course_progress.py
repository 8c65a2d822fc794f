"""Where learners are in courses: their version, what is finished, what is next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models import ProtectedError
from pytest_django import DjangoAssertNumQueries

from learners import course_selectors
from learners.models import CourseProgress, LessonAttempt, LessonProgress, User
from learners.services.course_progress import (
    finish_exercise_row,
    mark_read,
    mark_talked,
    start_course,
    start_lesson,
)
from lessons.models import Course, Exercise, Lesson, Unit
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def learner() -> User:
    """Return a learner of English at A2."""
    return LearnerFactory.create()


def course_of(level: str, lessons: int = 2, key: str = "", version: int = 1) -> Course:
    """Return a course in which each lesson has two exercises."""
    course = CourseFactory.create(
        key=key or f"english-{level.lower()}", level=level, version=version
    )
    for position in range(1, lessons + 1):
        lesson = LessonFactory.create(course=course, position=position, level=level)
        for n in (1, 2):
            Exercise.objects.create(
                lesson=lesson,
                position=n,
                type="dictation",
                data={"type": "dictation", "text": "One, two."},
            )
    return course


def answer(learner: User, exercise: Exercise, outcome: str = "WRONG") -> LessonProgress:
    """Answer an exercise."""
    LessonAttempt.objects.create(
        learner=learner,
        exercise=exercise,
        outcome=LessonAttempt.Outcome[outcome],
        feedback="x",
        client_key=uuid4(),
        answered_at=NOW,
    )
    return finish_exercise_row(learner_id=learner.pk, lesson=exercise.lesson, now=NOW)


def finish(learner: User, lesson: Lesson) -> None:
    """Answer every exercise of a lesson."""
    for exercise in lesson.exercises.all():
        answer(learner, exercise)


def offered(learner: User, level: str = "A2") -> Lesson | None:
    """Return the lesson that is offered."""
    return course_selectors.next_lesson(learner_id=learner.pk, l2="en", level=level)


def test_a_lesson_is_finished_once_each_exercise_was_answered(learner: User) -> None:
    course = course_of("A2")
    first, second = course.lessons.all()
    one, two = first.exercises.all()
    assert answer(learner, one).finished_at is None
    assert answer(learner, one).finished_at is None
    assert answer(learner, two).finished_at == NOW
    assert CourseProgress.objects.get().finished_at is None
    finish(learner, second)
    assert CourseProgress.objects.get().finished_at == NOW


def test_what_was_begun_or_finished_stays_so(learner: User) -> None:
    lesson = LessonFactory.create()
    for now in (NOW, LATER):
        start_lesson(learner_id=learner.pk, lesson=lesson, now=now)
        mark_read(learner_id=learner.pk, lesson=lesson, now=now)
        mark_talked(learner_id=learner.pk, lesson=lesson, now=now)
    progress = LessonProgress.objects.get()
    assert progress.started_at == progress.read_at == progress.talked_at == NOW
    # A lesson without exercises is finished by its talk.
    assert progress.finished_at == NOW
    assert CourseProgress.objects.get().last_active_at == LATER


def test_a_clock_that_was_set_back_takes_nobody_back(learner: User) -> None:
    lesson = LessonFactory.create()
    start_lesson(learner_id=learner.pk, lesson=lesson, now=LATER)
    start_lesson(learner_id=learner.pk, lesson=lesson, now=NOW)
    assert CourseProgress.objects.get().last_active_at == LATER


def test_who_is_in_the_middle_of_a_version_keeps_it(learner: User) -> None:
    old = course_of("A2", key="english")
    start_course(learner_id=learner.pk, course=old, now=NOW)
    Course.objects.update(is_current=False)
    new = course_of("A2", key="english", version=2)
    other = LearnerFactory.create()

    def seen_by(user: User) -> list[Course]:
        found = course_selectors.list_courses_for(learner_id=user.pk)
        return [each.course for each in found]

    assert (seen_by(learner), seen_by(other)) == ([old], [new])
    assert offered(learner) == old.lessons.first()
    begun = start_course(learner_id=learner.pk, course=new, now=LATER)
    assert begun.course == old
    for lesson in old.lessons.all():
        finish(learner, lesson)
    assert seen_by(learner) == [new]


def test_a_course_that_was_withdrawn_stays_with_those_who_began(learner: User) -> None:
    course = course_of("A2")
    lesson = course.lessons.get(position=1)
    start_lesson(learner_id=learner.pk, lesson=lesson, now=NOW)
    Course.objects.update(is_published=False)
    get = course_selectors.get_lesson_for
    assert get(learner_id=learner.pk, uuid=lesson.uuid) == lesson
    assert offered(learner) == lesson
    with pytest.raises(Lesson.DoesNotExist):
        get(learner_id=LearnerFactory.create().pk, uuid=lesson.uuid)
    with pytest.raises(ProtectedError):
        course.delete()


def test_the_next_lesson_follows_the_one_begun_last(learner: User) -> None:
    course = course_of("A2", lessons=3)
    first, second, third = course.lessons.all()
    assert offered(learner) == first
    start_lesson(learner_id=learner.pk, lesson=second, now=NOW)
    assert offered(learner) == second
    finish(learner, second)
    assert offered(learner) == third
    finish(learner, third)
    assert offered(learner) == first
    finish(learner, first)
    assert offered(learner) is None


@pytest.mark.parametrize(
    ("levels", "own", "expected"),
    [
        (("A1", "A2", "B1"), "A2", "A2"),
        (("A1", "B1"), "A2", "B1"),
        (("A1", "A2"), "B2", "A2"),
        ((), "A2", None),
    ],
)
def test_a_new_course_is_of_the_level_or_the_nearest(
    learner: User, levels: tuple[str, ...], own: str, expected: str | None
) -> None:
    for level in levels:
        course_of(level)
    lesson = offered(learner, own)
    assert (lesson.level if lesson else None) == expected


def test_after_a_course_comes_the_next_level_and_never_one_below(learner: User) -> None:
    course_of("A1")
    own = course_of("A2", lessons=1)
    above = course_of("B1", lessons=1)
    finish(learner, own.lessons.get())
    assert offered(learner) == above.lessons.get()
    finish(learner, above.lessons.get())
    assert offered(learner) is None


def test_other_languages_are_not_offered(learner: User) -> None:
    course_of("A2")
    assert (
        course_selectors.next_lesson(learner_id=learner.pk, l2="fr", level="A2") is None
    )


def test_a_course_is_outlined_by_its_units(learner: User) -> None:
    course = course_of("A2", lessons=3)
    for position, lesson in enumerate(course.lessons.all()[:2], start=1):
        lesson.unit = Unit.objects.create(
            course=course, key=f"u{position}", position=position, title="U", can_do="I"
        )
        lesson.save()
    finish(learner, course.lessons.get(position=2))
    units = course_selectors.outline(learner_id=learner.pk, course=course)
    assert [unit.unit.key if unit.unit else "" for unit in units] == ["u1", "u2", ""]
    assert [unit.finished for unit in units] == [0, 1, 0]


def test_the_list_takes_as_many_questions_for_many_courses(
    learner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for level in ("A1", "A2", "B1"):
        course = course_of(level)
        finish(learner, course.lessons.get(position=1))
    with django_assert_num_queries(3):
        found = course_selectors.list_courses_for(learner_id=learner.pk)
    assert [(each.course.level, each.finished, each.lessons) for each in found] == [
        ("A1", 1, 2),
        ("A2", 1, 2),
        ("B1", 1, 2),
    ]
