"""The limits of a course and a lesson: stored, refused where odd, changed in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from lessons import selectors
from lessons.limits import OwnLimits
from lessons.models import Course, Lesson
from lessons.services import save_course, save_lesson
from tests.factories.learners import AdminFactory
from tests.factories.lessons import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db

LIMITS: dict[str, Any] = {
    "talk_minutes": 15,
    "tutor_model": "org/large:8b",
    "tutor_temperature": 0.0,
    "tutor_reply_tokens": 60,
}
COURSE: dict[str, Any] = {
    "key": "talks",
    "title": "Talks",
    "l2": "en",
    "description": "Talks for every day.",
    "is_published": True,
}
NONE: dict[str, Any] = dict.fromkeys(LIMITS, "")


def test_a_brief_has_the_limits_of_the_lesson_before_those_of_the_course() -> None:
    course = save_course(**COURSE, **LIMITS)
    lesson = save_lesson(
        course=course,
        key="market",
        position=1,
        title="At the market",
        level="A2",
        situation="You are at a market.",
        goals=["I can ask for a price."],
        tutor_role="A stallholder",
        opening_line="What can I get you?",
        talk_minutes=5,
    )
    assert selectors.get_lesson_brief(lesson_id=lesson.pk).limits == (
        OwnLimits(minutes=5),
        OwnLimits(minutes=15, reply_tokens=60, temperature=0.0, model="org/large:8b"),
    )


def test_what_is_empty_says_nothing() -> None:
    lesson = LessonFactory.create()
    brief = selectors.get_lesson_brief(lesson_id=lesson.pk)
    assert brief.limits == (OwnLimits(), OwnLimits())


ODD = [
    ("talk_minutes", 121),
    ("tutor_temperature", 2.5),
    ("tutor_temperature", -0.1),
    ("tutor_reply_tokens", 0),
    ("tutor_reply_tokens", 4000),
]


@pytest.mark.parametrize(("field", "value"), [*ODD, ("tutor_model", "two words")])
def test_odd_limits_are_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        save_course(**COURSE, **{field: value})
    assert field in refused.value.message_dict


@pytest.mark.parametrize(("field", "value"), ODD)
def test_the_database_refuses_odd_limits_too(field: str, value: Any) -> None:
    with pytest.raises(IntegrityError):
        CourseFactory.create(**{field: value})


def test_a_lesson_lasts_two_hours_at_most() -> None:
    lesson = LessonFactory.create(talk_minutes=120)
    lesson.talk_minutes = 121
    with pytest.raises(ValidationError, match="120"):
        lesson.full_clean()


@pytest.fixture
def admin(client: Client) -> Client:
    """An administrator's browser."""
    client.force_login(AdminFactory.create())
    return client


def change(admin: Client, course: Course, **limits: Any) -> str:
    """Send the course's page in the admin; return what comes back."""
    inline = {"lessons-TOTAL_FORMS": 0, "lessons-INITIAL_FORMS": 0}
    fields = COURSE | {"is_published": "on"} | NONE | inline | limits
    page = reverse("admin:lessons_course_change", args=[course.pk])
    return admin.post(page, fields).content.decode()


def test_the_admin_changes_a_courses_limits(admin: Client) -> None:
    course = CourseFactory.create()
    change(admin, course, **LIMITS)
    course.refresh_from_db()
    assert {name: getattr(course, name) for name in LIMITS} == LIMITS
    change(admin, course)
    course.refresh_from_db()
    assert course.limits == OwnLimits()


def test_the_admin_says_what_is_odd(admin: Client) -> None:
    course = CourseFactory.create()
    page = change(admin, course, tutor_temperature=3, tutor_model="two words")
    assert "less than or equal to 2" in page
    assert "no spaces" in page
    course.refresh_from_db()
    assert course.limits == OwnLimits()


def test_the_admin_has_a_lessons_minutes(admin: Client) -> None:
    lesson: Lesson = LessonFactory.create(talk_minutes=7)
    page = admin.get(reverse("admin:lessons_lesson_change", args=[lesson.pk]))
    assert 'name="talk_minutes" value="7"' in page.content.decode()
