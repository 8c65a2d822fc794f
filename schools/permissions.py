"""Who may do what in a school: one function a question, asked by views and sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from .models import Classroom, School
from .selectors import classrooms_of_staff, schools_managed_by, schools_staffed_by

if TYPE_CHECKING:
    from learners.models import User

    AnyUser = User | AnonymousUser

SITE_ADMIN = "ADMIN"


def is_site_admin(user: AnyUser) -> bool:
    """Whether they run the whole site."""
    return bool(user.is_active) and getattr(user, "role", "") == SITE_ADMIN


def manageable_schools(user: AnyUser) -> QuerySet[School]:
    """Return the schools whose people, classes and rules they decide on."""
    if is_site_admin(user):
        return School.objects.all()
    if user.pk is None or not user.is_active:
        return School.objects.none()
    return schools_managed_by(user_id=user.pk)


def staffed_schools(user: AnyUser) -> QuerySet[School]:
    """Return the schools in which they may make classes: they teach or manage there."""
    if is_site_admin(user):
        return School.objects.filter(is_active=True)
    if user.pk is None or not user.is_active:
        return School.objects.none()
    return schools_staffed_by(user_id=user.pk).distinct()


def teachable_classrooms(user: AnyUser) -> QuerySet[Classroom]:
    """Return the classes they may open, set work in and mark."""
    if is_site_admin(user):
        return Classroom.objects.all()
    if user.pk is None or not user.is_active:
        return Classroom.objects.none()
    return classrooms_of_staff(user_id=user.pk)


def can_manage_school(user: AnyUser, school: School) -> bool:
    """Whether they decide on a school's people, classes and rules."""
    return manageable_schools(user).filter(pk=school.pk).exists()


def can_teach_class(user: AnyUser, classroom: Classroom) -> bool:
    """Whether they may open a class, set work in it and mark it."""
    return teachable_classrooms(user).filter(pk=classroom.pk).exists()
