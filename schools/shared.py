"""In which school somebody answers for somebody else, for the audit log."""

from __future__ import annotations

from uuid import UUID

from .models import Membership, School
from .selectors import STAFF


def shared_school(*, staff_id: int, learner_id: int) -> UUID | None:
    """Return the school in which one teaches or manages and the other learns, if any."""
    staffed = Membership.objects.filter(
        user_id=staff_id, role__in=STAFF, left_at=None
    ).values("school_id")
    return (
        School.objects.filter(
            pk__in=staffed, memberships__user_id=learner_id, memberships__left_at=None
        )
        .values_list("uuid", flat=True)
        .order_by("pk")
        .first()
    )
