"""Changes to the catalogue."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from lessons.models import Lesson
from lessons.services import save_course, save_lesson
from tests.factories.lessons import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db

LESSON: dict[str, Any] = {
    "key": "market",
    "position": 1,
    "title": "At the market",
    "level": "A2",
    "situation": "You are at a market.",
    "goals": ["I can ask for a price."],
    "tutor_role": "A stallholder",
    "opening_line": "What can I get you?",
}


def test_saving_a_key_again_changes_the_same_lesson() -> None:
    course = CourseFactory.create()
    first = save_lesson(course=course, **LESSON)
    second = save_lesson(course=course, **LESSON | {"title": "Fruit and price"})
    assert first.pk == second.pk
    assert Lesson.objects.get().title == "Fruit and price"


@pytest.mark.parametrize(
    "wrong",
    [
        {"tutor_facts": "no list"},
        {"level": "A7"},
        {"goals": ["", "x"]},
        {"position": 0},
        {"opening_line": ""},
    ],
)
def test_faulty_content_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        save_lesson(course=CourseFactory.create(), **LESSON | wrong)


def test_a_course_in_a_language_nobody_speaks_here_is_refused() -> None:
    with pytest.raises(ValidationError):
        save_course(key="x", title="X", l2="tlh", description="x", is_published=True)


@pytest.mark.parametrize("clash", [{"position": 1}, {"key": "market"}])
def test_the_database_refuses_two_lessons_in_one_place(clash: dict[str, Any]) -> None:
    course = CourseFactory.create()
    LessonFactory.create(course=course, position=1, key="market")
    with pytest.raises(IntegrityError):
        LessonFactory.create(course=course, **{"position": 2, "key": "other"} | clash)
