"""Reads of the catalogue."""

import pytest

from lessons import selectors
from lessons.models import Course, Lesson
from tests.factories.lessons import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    """Return a course with two lessons at A1, one at A2, one at B1."""
    course = CourseFactory.create()
    for position, level in enumerate(["A1", "A1", "A2", "B1"], start=1):
        LessonFactory.create(course=course, position=position, level=level)
    return course


def _offered(level: str, talked: tuple[int, ...] = ()) -> int | None:
    """Return the position of the lesson that is offered."""
    taken = Lesson.objects.filter(position__in=talked).values_list("pk", flat=True)
    lesson = selectors.get_next_lesson(l2="en", level=level, talked_ids=set(taken))
    return lesson.position if lesson else None


@pytest.mark.parametrize(
    ("level", "position"), [("A1", 1), ("A2", 3), ("B1", 4), ("C2", 4)]
)
def test_a_learner_starts_at_their_level_or_the_nearest_below(
    course: Course, level: str, position: int
) -> None:
    assert _offered(level) == position


def test_a_learner_below_every_lesson_starts_with_the_first() -> None:
    LessonFactory.create(position=1, level="B2")
    assert _offered("A1") == 1


def test_lessons_that_were_talked_through_are_passed_over(course: Course) -> None:
    assert _offered("A1", talked=(1, 2)) == 3
    assert _offered("A2", talked=(4,)) == 3


def test_nothing_is_offered_after_the_last_lesson(course: Course) -> None:
    assert _offered("A2", talked=(3, 4)) is None


def test_nothing_is_offered_where_nothing_is_published() -> None:
    LessonFactory.create(course__is_published=False)
    assert _offered("A2") is None


def test_unpublished_courses_are_hidden() -> None:
    LessonFactory.create(course__is_published=False)
    shown = LessonFactory.create()
    assert list(selectors.list_courses()) == [shown.course]
    assert list(selectors.list_courses(l2="fr")) == []


def test_a_brief_holds_what_the_tutor_needs() -> None:
    lesson = LessonFactory.create(title="At the market", course__title="Everyday")
    brief = selectors.get_lesson_brief(lesson_id=lesson.pk)
    assert (brief.uuid, brief.title, brief.course_title) == (
        lesson.uuid,
        "At the market",
        "Everyday",
    )
    assert brief.goals == ("I can ask for a price.",)
    assert brief.target_words == ("apple", "price")


def test_a_session_that_began_keeps_its_brief_when_the_course_is_withdrawn() -> None:
    lesson = LessonFactory.create(course__is_published=False)
    assert selectors.get_lesson_brief(lesson_id=lesson.pk).level == lesson.level
