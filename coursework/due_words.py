"""When something is due, in a few words, as a calendar on the wall would say it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

_WEEK = 7


def due_words(due_at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Return "due tomorrow, 18:00" or "was due on 3 June", by the clock of a time zone."""
    due, today = due_at.astimezone(zone), now.astimezone(zone).date()
    at = time_format(due.time(), "TIME_FORMAT")
    days = (due.date() - today).days
    day = (
        date_format(due, "l")
        if abs(days) < _WEEK
        else date_format(due, "MONTH_DAY_FORMAT")
    )
    values = {"time": at, "day": day}
    if due_at >= now:
        return _ahead(days) % values
    return _over(days) % values


def closing_words(closes_at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Return until when late work is taken, ``""`` where that is over."""
    if closes_at < now:
        return ""
    local = closes_at.astimezone(zone)
    if local.date() - now.astimezone(zone).date() < timedelta(days=_WEEK):
        day = date_format(local, "l")
    else:
        day = date_format(local, "MONTH_DAY_FORMAT")
    return _("Late work is taken until %(day)s, %(time)s.") % {
        "day": day,
        "time": time_format(local.time(), "TIME_FORMAT"),
    }


def _ahead(days: int) -> str:
    if days == 0:
        return _("due today, %(time)s")
    if days == 1:
        return _("due tomorrow, %(time)s")
    return _("due on %(day)s, %(time)s")


def _over(days: int) -> str:
    if days == 0:
        return _("was due today, %(time)s")
    if days == -1:
        return _("was due yesterday, %(time)s")
    return _("was due on %(day)s")
