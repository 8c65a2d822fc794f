"""Whose events a figure counts: the whole site's, or those of a school's learners.

What a learner did counts for a school while they were a member of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from schools.models import Membership, School
from schools.quota_rules import Day, day_of, zone_of

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """``key`` is empty for the site, else the school's ``uuid`` as text."""

    key: str
    zone: tzinfo
    school_id: int | None = None
    name: str = ""

    def today(self, now: datetime) -> date:
        """Return the day it is there."""
        return now.astimezone(self.zone).date()

    def moments(self, first: date, last: date) -> Day:
        """Return the days from ``first`` to ``last`` as moments."""
        return Day(day_of(first, self.zone).begins, day_of(last, self.zone).ends)

    def of(self, rows: QuerySet[Row, Any], learner: str, at: str) -> QuerySet[Row, Any]:
        """Keep rows of the scope's learners. ``learner`` and ``at`` name the fields."""
        if self.school_id is None:
            return rows
        member = f"{learner}__memberships"
        # In one filter: all of it is asked of the same membership.
        return rows.filter(
            Q(**{f"{member}__left_at": None}) | Q(**{f"{member}__left_at__gt": F(at)}),
            **{
                f"{member}__school_id": self.school_id,
                f"{member}__role": Membership.Role.LEARNER,
                f"{member}__joined_at__lte": F(at),
            },
        )


def site_scope() -> Scope:
    """Return everybody."""
    return Scope("", timezone.get_default_timezone())


def school_scope(school: School) -> Scope:
    """Return a school's learners."""
    return Scope(
        str(school.uuid), zone_of(school.time_zone), school.pk, name=school.name
    )


def every_scope(schools: Iterable[School] | None = None) -> list[Scope]:
    """Return the site and each of its schools."""
    found = School.objects.all() if schools is None else schools
    return [site_scope(), *(school_scope(one) for one in found)]
