"""Reads of schools: who is whose teacher, who is in which class."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from .models import Classroom, Enrolment, LearnerGroup, Membership, School

STAFF = (Membership.Role.TEACHER, Membership.Role.MANAGER)


def get_school(*, uuid: UUID) -> School:
    """Return a school. Raises School.DoesNotExist."""
    return School.objects.get(uuid=uuid)


def get_classroom(*, uuid: UUID) -> Classroom:
    """Return a class with its school. Raises Classroom.DoesNotExist."""
    return Classroom.objects.select_related("school", "term").get(uuid=uuid)


def schools_staffed_by(*, user_id: int) -> QuerySet[School]:
    """Return the schools in which they teach or which they manage."""
    return School.objects.filter(
        is_active=True,
        memberships__user_id=user_id,
        memberships__role__in=STAFF,
        memberships__left_at=None,
    )


def schools_managed_by(*, user_id: int) -> QuerySet[School]:
    """Return the schools that they manage."""
    return School.objects.filter(
        is_active=True,
        memberships__user_id=user_id,
        memberships__role=Membership.Role.MANAGER,
        memberships__left_at=None,
    )


def classrooms_of_staff(*, user_id: int) -> QuerySet[Classroom]:
    """Return the classes they teach, and all of the schools they manage."""
    managed = schools_managed_by(user_id=user_id).values("pk")
    taught = Q(
        teachers__teacher_id=user_id,
        school__is_active=True,
        school__in=schools_staffed_by(user_id=user_id).values("pk"),
    )
    return Classroom.objects.filter(taught | Q(school__in=managed)).distinct()


def taught_learner_ids(*, user_id: int) -> QuerySet[Enrolment, int]:
    """Return the ids of the learners that somebody answers for, as a subquery.

    A teacher's are those now in their classes, a manager's those now in any class of the
    school. Archived classes do not count.
    """
    classes = classrooms_of_staff(user_id=user_id).values("pk")
    return Enrolment.objects.filter(
        left_at=None, classroom__in=classes, classroom__archived_at=None
    ).values_list("learner_id", flat=True)


def learner_ids_of(*, classroom_id: int) -> QuerySet[Enrolment, int]:
    """Return the ids of who is now in a class, as a subquery."""
    return Enrolment.objects.filter(
        classroom_id=classroom_id, left_at=None
    ).values_list("learner_id", flat=True)


def classrooms_of_learner(*, learner_id: int) -> QuerySet[Classroom]:
    """Return the open classes somebody learns in."""
    return Classroom.objects.filter(
        enrolments__learner_id=learner_id,
        enrolments__left_at=None,
        archived_at=None,
        school__is_active=True,
    ).select_related("school")


def school_ids_of_learner(*, learner_id: int) -> QuerySet[Membership, int]:
    """Return the ids of the schools somebody belongs to, as a subquery."""
    return Membership.objects.filter(
        user_id=learner_id, left_at=None, school__is_active=True
    ).values_list("school_id", flat=True)


def list_groups(*, classroom_id: int) -> QuerySet[LearnerGroup]:
    """Return the groups of a class."""
    return LearnerGroup.objects.filter(classroom_id=classroom_id)
