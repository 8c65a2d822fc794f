"""A course of the demo's own school: a draft, so that learners see what they saw."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from learners.models import User
from learners.services.school_courses import make_ours
from lessons.models import Course
from schools.models import Classroom

from .demo import DEMO_COURSE

TITLE: Final = "First conversations in Riverside"


def save_own_course(*, classroom: Classroom, now: datetime) -> None:
    """Have the school's copy of the demo's course, unless it has a course of its own."""
    school = classroom.school
    if Course.objects.filter(school=school).exists():
        return
    teacher = User.objects.get(email="teacher@example.org")
    site = Course.objects.get(key=DEMO_COURSE["key"], school=None, is_current=True)
    draft = make_ours(course=site, school=school, user=teacher, now=now)
    draft.title = TITLE
    draft.save(update_fields=("title",))
