"""How views of classes and schools find what they are about: 404 for who may not."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from schools.models import Classroom, Enrolment, School
from schools.permissions import manageable_schools, teachable_classrooms

from ..models import User
from ..permissions import signed_in_user


def taught_class(request: HttpRequest, uuid: UUID) -> tuple[User, Classroom]:
    """Return who asks and the class they teach. Raises Http404."""
    user = signed_in_user(request)
    classroom = (
        teachable_classrooms(user)
        .select_related("school", "term")
        .filter(uuid=uuid)
        .first()
    )
    if classroom is None:
        raise Http404
    return user, classroom


def learner_of_class(classroom: Classroom, uuid: UUID) -> Enrolment:
    """Return the enrolment of somebody who is in a class now. Raises Http404."""
    enrolment = (
        Enrolment.objects.select_related(
            "learner__profile", "classroom__school", "classroom__term"
        )
        .filter(
            classroom=classroom,
            left_at=None,
            learner__uuid=uuid,
            learner__is_active=True,
        )
        .first()
    )
    if enrolment is None:
        raise Http404
    return enrolment


def managed_school(request: HttpRequest, uuid: UUID) -> tuple[User, School]:
    """Return who asks and the school they decide on. Raises Http404."""
    user = signed_in_user(request)
    school = manageable_schools(user).filter(uuid=uuid).first()
    if school is None:
        raise Http404
    return user, school
