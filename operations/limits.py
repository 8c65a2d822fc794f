"""How much of today's time for talking is used, school by school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from schools import site_settings
from schools.models import School
from schools.quota_rules import day_of, zone_of
from sessions.models import QueuePlace, TalkStretch
from sessions.quota_places import LEASE
from sessions.quotas import used_by_school


@dataclass(frozen=True, slots=True)
class SchoolUse:
    """One school's row. Limits are None where there are none."""

    school: School
    minutes: int
    talks: int
    waiting: int

    @property
    def share(self) -> int:
        """Percent of today's minutes that are used."""
        most = self.school.minutes_a_day
        return min(100, round(100 * self.minutes / most)) if most else 0


def use_of(schools: Iterable[School], *, now: datetime) -> list[SchoolUse]:
    """Return what each school uses at this moment and has used today."""
    every = list(schools)
    zones = defaultdict(list)
    for school in every:
        zones[school.time_zone].append(school.uuid)
    used: dict[UUID | None, float] = {}
    for name, uuids in zones.items():
        zone = zone_of(name)
        used |= used_by_school(uuids, day_of(now.astimezone(zone).date(), zone))
    talks = dict(
        TalkStretch.objects.filter(ended_at=None, seen_at__gte=now - LEASE)
        .order_by()
        .values_list("school")
        .annotate(n=Count("pk"))
    )
    waiting = dict(
        QueuePlace.objects.filter(Q(called_at=None))
        .order_by()
        .values_list("school")
        .annotate(n=Count("pk"))
    )
    return [
        SchoolUse(
            one,
            round(used.get(one.uuid, 0.0) / 60),
            talks.get(one.uuid, 0),
            waiting.get(one.uuid, 0),
        )
        for one in every
    ]


def site_use(*, now: datetime) -> dict[str, int | None]:
    """Return the same for the whole site."""
    open_ones = TalkStretch.objects.filter(ended_at=None, seen_at__gte=now - LEASE)
    return {
        "talks": open_ones.count(),
        "most": site_settings.get("concurrent_sessions"),
        "waiting": QueuePlace.objects.filter(called_at=None).count(),
    }
