"""What day it is for a learner, wherever they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from .models import LearnerProfile


def is_time_zone(name: str) -> bool:
    """Whether a name is one of the IANA's."""
    return _zone(name) is not None


def time_zone(*, learner_id: int) -> tzinfo:
    """Return the learner's time zone, or the site's where it is not known."""
    profiles = LearnerProfile.objects.filter(user_id=learner_id)
    name = profiles.values_list("time_zone", flat=True).first()
    return zone_named(name or "")


def zone_named(name: str) -> tzinfo:
    """Return the time zone of a name, or the site's where there is none."""
    return _zone(name) or timezone.get_default_timezone()


def local_day(moment: datetime, zone: tzinfo) -> date:
    """Return the day that a moment is on in a time zone."""
    return moment.astimezone(zone).date()


def day_begins(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a day begins there, in UTC.

    A day that begins with a gap (summer time at midnight) begins after it.
    """
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def day_ends(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which the next day begins, in UTC: 23 to 25 hours later."""
    return day_begins(day + timedelta(days=1), zone)


def _zone(name: str) -> ZoneInfo | None:
    if not name or len(name) > 60:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
