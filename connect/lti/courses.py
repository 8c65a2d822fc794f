"""Where somebody from a platform goes: a course there is a class here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from lti_tool.models import LtiContext, LtiResourceLink

from coursework.assignment_selectors import assignments_for
from coursework.models import Assignment, Submission
from learners.models import User
from schools.audit import record
from schools.models import Classroom, School
from schools.permissions import teachable_classrooms
from schools.services.classrooms import ClassFields, ClassNameTaken, make_class
from schools.services.enrolments import enrol
from schools.services.teaching import add_teacher

from ..grades.noting import note_submission
from ..models import GradeMessage, LtiCourse, LtiPlacement
from .problems import LtiProblem


class CourseIsAsked(Exception):
    """The course has no class yet; its teacher chooses one."""


@transaction.atomic
def go_in(kept: Mapping[str, Any], user: User, *, now: datetime) -> str:
    """Have somebody be in the class of their course; return the address they go on to.

    Raises CourseIsAsked for a teacher whose course has no class yet, and LtiProblem.
    """
    course = _course(kept)
    if course is None:
        if kept["teaches"]:
            raise CourseIsAsked
        raise LtiProblem("lti.course_not_connected")
    classroom = course.classroom
    assignment = _assignment(kept, classroom)
    if assignment is not None and kept["resource_link"] is not None:
        link = LtiResourceLink.objects.get(pk=kept["resource_link"])
        note_placement(link=link, assignment=assignment, ags=kept["ags"], now=now)
    if kept["teaches"]:
        add_teacher(classroom=classroom, teacher=user, actor=user.uuid, now=now)
        return _teachers_page(classroom, assignment)
    if classroom.archived_at is not None:
        raise LtiProblem("lti.class_archived")
    enrol(classroom=classroom, learner=user, actor=user.uuid, now=now)
    if assignment is not None:
        _catch_up(assignment, user, now)
    return _learners_page(assignment, user, now)


def connectable_classrooms(user: User, school: School) -> QuerySet[Classroom]:
    """Return the open classes of the school that a teacher may connect with a course."""
    return teachable_classrooms(user).filter(school=school, archived_at=None)


@transaction.atomic
def connect_course(
    *, context: LtiContext, classroom: Classroom, user: User, now: datetime
) -> LtiCourse:
    """Have a course of a platform be a class; the first teacher to say so decides."""
    course, is_new = LtiCourse.objects.get_or_create(
        context=context,
        defaults={
            "classroom": classroom,
            "connected_by": user,
            "connected_at": now,
        },
    )
    if is_new:
        record(
            action="lti.course_connected",
            now=now,
            actor=user.uuid,
            school=classroom.school.uuid,
            target="class",
            target_uuid=classroom.uuid,
        )
    return course


def make_classroom(
    *, context: LtiContext, school: School, user: User, l2: str, now: datetime
) -> Classroom:
    """Make a class named like the course; a taken name gets a number."""
    title = (context.title or context.label or context.id_on_platform)[:74].strip()
    for number in range(1, 100):
        name = title if number == 1 else f"{title} ({number})"
        try:
            return make_class(
                school=school,
                fields=ClassFields(name=name, l2=l2),
                teacher=user,
                actor=user.uuid,
                now=now,
            )
        except ClassNameTaken:
            continue
    raise ClassNameTaken


def note_placement(
    *,
    link: LtiResourceLink,
    assignment: Assignment,
    ags: Mapping[str, Any],
    now: datetime,
) -> LtiPlacement:
    """Keep which link leads to which work, and where its marks go."""
    scopes = ags.get("scope")
    given = {
        "line_item_url": str(ags.get("lineitem", ""))[:1000],
        "line_items_url": str(ags.get("lineitems", ""))[:1000],
    }
    placement, _is_new = LtiPlacement.objects.update_or_create(
        resource_link=link,
        defaults={
            "assignment": assignment,
            "scopes": [str(s) for s in scopes] if isinstance(scopes, list) else [],
            **{key: value for key, value in given.items() if value},
        },
        create_defaults={
            "assignment": assignment,
            "scopes": [str(s) for s in scopes] if isinstance(scopes, list) else [],
            "created_at": now,
            **given,
        },
    )
    return placement


def _course(kept: Mapping[str, Any]) -> LtiCourse | None:
    if kept["context"] is None:
        raise LtiProblem("lti.claims_missing")
    return (
        LtiCourse.objects.select_related("classroom__school")
        .filter(context=kept["context"])
        .first()
    )


def _assignment(kept: Mapping[str, Any], classroom: Classroom) -> Assignment | None:
    """Return the work behind the link, none: it leads to the class. Raises LtiProblem.

    What was placed in the course before is known by the link; a copy of the course has
    other links, with the work of the class it was copied from.
    """
    placed = LtiPlacement.objects.filter(resource_link=kept["resource_link"]).first()
    if not kept["assignment"]:
        return placed.assignment if placed else None
    try:
        uuid = UUID(kept["assignment"])
    except ValueError:
        raise LtiProblem("lti.work_missing") from None
    found = Assignment.objects.filter(
        uuid=uuid, classroom=classroom, archived_at=None
    ).first()
    if found is None:
        raise LtiProblem("lti.work_missing")
    return found


def _catch_up(assignment: Assignment, user: User, now: datetime) -> None:
    """Note what was handed in before the platform had a place for its mark."""
    handed_in = assignment.submissions.filter(learner=user).exclude(
        state=Submission.State.STARTED
    )
    latest = handed_in.order_by("-attempt").first()
    known = GradeMessage.objects.filter(
        placement__assignment=assignment, lti_user__identity__user=user
    )
    if latest is not None and not known.exists():
        note_submission(submission=latest, now=now)


def _teachers_page(classroom: Classroom, assignment: Assignment | None) -> str:
    if assignment is None:
        return reverse("learners:class-detail", args=[classroom.uuid])
    queue = reverse("coursework:review-queue", args=[classroom.uuid])
    return f"{queue}?assignment={assignment.uuid}"


def _learners_page(assignment: Assignment | None, user: User, now: datetime) -> str:
    if assignment is None:
        return reverse("coursework:work-list")
    visible = assignments_for(learner_id=user.pk, now=now).filter(pk=assignment.pk)
    if not visible.exists():
        raise LtiProblem("lti.work_missing")
    return reverse("coursework:work-detail", args=[assignment.uuid])
