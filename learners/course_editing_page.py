"""The list of courses for who edits them: one's own schools', and the site's to copy."""

from __future__ import annotations

from typing import Any

from lessons.models import Course
from schools.models import School
from schools.permissions import is_site_admin, staffed_schools

from .course_selectors import courses_for
from .course_versions import CourseVersions, list_versions
from .models import User
from .permissions import editable_courses
from .school_course_forms import NewCourseForm


def edit_list_context(user: User, form: NewCourseForm | None = None) -> dict[str, Any]:
    """Return the courses that somebody may edit, those to copy, and the schools to copy to."""
    schools = list(staffed_schools(user))
    own = list_versions(editable_courses(user))
    to_copy: list[CourseVersions] = []
    if not is_site_admin(user):
        offered = Course.objects.filter(school=None, is_current=True, is_published=True)
        to_copy = list_versions(offered)
    return {
        "own": own,
        "to_copy": to_copy,
        "schools": schools,
        "is_admin": is_site_admin(user),
        "form": form or new_course_form(schools),
        "can_open": set(
            courses_for(learner_id=user.pk)
            .filter(is_current=True, is_published=True)
            .values_list("pk", flat=True)
        ),
    }


def new_course_form(schools: list[School], data: Any = None) -> NewCourseForm:
    """Return the form of a new course for one of these schools."""
    return NewCourseForm(data, schools=schools)
