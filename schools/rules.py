"""What the schools of a learner say about their data."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from .models import Membership

_LEARNER = Membership.Role.LEARNER


@dataclass(frozen=True, slots=True)
class LearnerRules:
    """The strictest of all schools in which somebody learns now.

    ``retention_days`` none: no school limits it.
    """

    is_minor: bool = False
    retention_days: int | None = None


def get_learner_rules(*, learner_id: int) -> LearnerRules:
    """Return what counts for a learner. A membership's ``is_minor`` goes before its school's."""
    rows = _learning().filter(user_id=learner_id)
    found = list(
        rows.values_list("is_minor", "school__records_minors", "school__retention_days")
    )
    caps = [days for _own, _school, days in found if days is not None]
    return LearnerRules(
        is_minor=any(school if own is None else own for own, school, _days in found),
        retention_days=min(caps, default=None),
    )


def list_retention_limits() -> list[tuple[int, int]]:
    """Return the schools that limit how long recordings are kept, as (id, days)."""
    rows = _learning().exclude(school__retention_days=None)
    limits = rows.order_by("school_id").values_list(
        "school_id", "school__retention_days"
    )
    return [(school, days) for school, days in limits.distinct() if days is not None]


def learner_ids_of_school(*, school_id: int) -> QuerySet[Membership, int]:
    """Return the ids of who learns in a school now, as a subquery."""
    return _learning().filter(school_id=school_id).values_list("user_id", flat=True)


def _learning() -> QuerySet[Membership]:
    return Membership.objects.filter(
        role=_LEARNER, left_at=None, school__is_active=True
    )
