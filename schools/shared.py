"""In which school somebody answers for somebody else, for the audit log."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from .models import Membership, School
from .selectors import STAFF


def shared_schools(*, staff_id: int, learner_id: int) -> QuerySet[School]:
    """Return the schools in which one teaches or manages and the other learns."""
    staffed = Membership.objects.filter(
        user_id=staff_id, role__in=STAFF, left_at=None
    ).values("school_id")
    return School.objects.filter(
        pk__in=staffed, memberships__user_id=learner_id, memberships__left_at=None
    ).order_by("pk")


def shared_school(*, staff_id: int, learner_id: int) -> UUID | None:
    """Return the first of those schools, None where they share none."""
    shared = shared_schools(staff_id=staff_id, learner_id=learner_id)
    return shared.values_list("uuid", flat=True).first()
