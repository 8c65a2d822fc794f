"""What a platform's page says of its courses and of reading who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import LtiCourse
from .outbound_words import words_of


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course with the latest reading in words: how far it is, or what came of it."""

    course: LtiCourse
    is_waiting: bool
    has_failed: bool
    words: tuple[str, ...]


def course_rows(courses: Iterable[LtiCourse]) -> list[CourseRow]:
    """Return the courses as a page shows them."""
    return [
        CourseRow(
            course,
            is_waiting=course.roster_state == LtiCourse.RosterState.WAITING,
            has_failed=course.roster_state == LtiCourse.RosterState.FAILED,
            words=tuple(_words(course)),
        )
        for course in courses
    ]


def _words(course: LtiCourse) -> list[str]:
    states = LtiCourse.RosterState
    if course.roster_state == states.WAITING and course.roster_error:
        return [words_of(course.roster_error), _("It is tried again in a few minutes.")]
    if course.roster_state == states.WAITING:
        return [_("The learners are being read. You can close this page; it goes on.")]
    if course.roster_state == states.FAILED:
        return [words_of(course.roster_error), _("Nothing was changed.")]
    if course.roster_state != states.DONE:
        return []
    counts = course.roster_counts
    said = [
        _("%(enrolled)s enrolled, %(ended)s taken out, %(unchanged)s as before.")
        % {name: counts.get(name, 0) for name in ("enrolled", "ended", "unchanged")}
    ]
    if to_sign_in := counts.get("to_sign_in", 0):
        said.append(
            ngettext(
                "%(n)s has an account here already and joins with the first visit.",
                "%(n)s have an account here already and join with their first visit.",
                to_sign_in,
            )
            % {"n": to_sign_in}
        )
    return said
