"""How much somebody may talk: the limits of their schools, the most particular one first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Max
from django.utils import timezone

from . import site_settings
from .models import Enrolment, Membership, School


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a school's calendar as moments: 23 to 25 hours from ``begins``."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """What limits somebody's talks as a member of ``school``, none: of no school.

    Minutes are those of a day; None: no limit.
    """

    school: UUID | None
    zone: tzinfo
    learner_minutes: int | None
    school_minutes: int | None
    concurrent: int | None

    def day(self, now: datetime) -> Day:
        """Return today in the school's time zone."""
        return day_of(now.astimezone(self.zone).date(), self.zone)


def limits_of(*, user_id: int) -> tuple[Limits, ...]:
    """Return somebody's limits in each of their schools, or those of no school."""
    members = list(
        Membership.objects.filter(
            user_id=user_id, left_at=None, school__is_active=True
        ).select_related("school")
    )
    of_site = site_settings.get("learner_minutes_a_day")
    if not members:
        zone = timezone.get_default_timezone()
        return (Limits(None, zone, of_site, None, None),)
    classes = dict(
        Enrolment.objects.filter(
            learner_id=user_id,
            left_at=None,
            classroom__archived_at=None,
            classroom__learner_minutes_a_day__isnull=False,
        )
        .values_list("classroom__school_id")
        .annotate(most=Max("classroom__learner_minutes_a_day"))
        .order_by()
    )
    return tuple(
        Limits(
            school=one.school.uuid,
            zone=zone_of(one.school.time_zone),
            learner_minutes=_first(
                one.minutes_a_day,
                classes.get(one.school_id),
                one.school.learner_minutes_a_day,
                of_site,
            ),
            school_minutes=one.school.minutes_a_day,
            concurrent=one.school.concurrent_sessions,
        )
        for one in members
    )


def concurrent_limits(schools: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many talks at once the schools allow; those without a limit are not in it."""
    rows = School.objects.filter(uuid__in=list(schools)).values_list(
        "uuid", "concurrent_sessions"
    )
    return {uuid: most for uuid, most in rows if most is not None}


def zone_of(name: str) -> tzinfo:
    """Return the time zone of a name, or the site's where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return timezone.get_default_timezone()


def day_of(day: date, zone: tzinfo) -> Day:
    """Return a day of a time zone as moments, in UTC."""
    begins, ends = (
        datetime.combine(one, time(), tzinfo=zone).astimezone(UTC)
        for one in (day, day + timedelta(days=1))
    )
    return Day(begins, ends)


def _first(*limits: int | None) -> int | None:
    return next((one for one in limits if one is not None), None)
