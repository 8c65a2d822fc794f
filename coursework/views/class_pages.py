"""Which class or assignment an address of a teacher names, and whether it is theirs."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from learners.models import User
from learners.permissions import signed_in_user
from schools.models import Classroom
from schools.permissions import teachable_classrooms

from ..assignment_selectors import with_parts
from ..models import Assignment
from ..permissions import teachable_assignments


def taught_class(request: HttpRequest, uuid: UUID) -> tuple[User, Classroom]:
    """Return who asks and a class they teach. Raises Http404."""
    user = signed_in_user(request)
    classroom = (
        teachable_classrooms(user).select_related("school", "term").filter(uuid=uuid)
    ).first()
    if classroom is None:
        raise Http404
    return user, classroom


def taught_assignment(
    request: HttpRequest, uuid: UUID, assignment: UUID
) -> tuple[User, Assignment]:
    """Return who asks and an assignment of a class they teach. Raises Http404."""
    user = signed_in_user(request)
    found = (
        with_parts(teachable_assignments(user))
        .select_related("classroom__term")
        .filter(uuid=assignment, classroom__uuid=uuid)
        .first()
    )
    if found is None:
        raise Http404
    return user, found
