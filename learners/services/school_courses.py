"""A school's own courses: copied from the site's or begun anew, shown or taken out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lessons.editing.drafts import copy_to_school, new_course, set_in_catalogue
from lessons.models import Course
from schools.audit import record
from schools.models import School

from ..models import User


@transaction.atomic
def make_ours(*, course: Course, school: School, user: User, now: datetime) -> Course:
    """Return the draft of a school's own copy of a course."""
    draft = copy_to_school(
        course=course,
        school_id=school.pk,
        school_key=school.key,
        editor_id=user.pk,
        now=now,
    )
    note_course("course.copied", draft, user, now=now)
    return draft


@transaction.atomic
def begin_course(
    *, school: School, title: str, l2: str, level: str, user: User, now: datetime
) -> Course:
    """Return the draft of a school's new course."""
    draft = new_course(
        school_id=school.pk,
        school_key=school.key,
        title=title,
        l2=l2,
        level=level,
        editor_id=user.pk,
        now=now,
    )
    note_course("course.begun", draft, user, now=now)
    return draft


@transaction.atomic
def show_course(*, course: Course, shown: bool, user: User, now: datetime) -> None:
    """Put a course into the catalogue, or take it out; who began it keeps it."""
    set_in_catalogue(course=course, shown=shown)
    action = "course.shown" if shown else "course.taken_out"
    note_course(action, course, user, now=now)


def note_course(action: str, course: Course, user: User, *, now: datetime) -> None:
    """Write down what somebody did with a course."""
    record(
        action=action,
        now=now,
        actor=user.uuid,
        school=course.school.uuid if course.school else None,
        target="course",
        target_uuid=course.uuid,
        detail={"version": course.version},
    )
