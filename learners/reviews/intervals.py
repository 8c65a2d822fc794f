"""How long until a card comes again, in words that fit on a button."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..local_time import local_day
from .memory import Memory, Stage

_MONTH_DAYS = 30.44
_YEAR_DAYS = 365.25
_MONTHS_FROM_DAYS = 31


def interval_words(memory: Memory, *, now: datetime, zone: tzinfo) -> str:
    """Return when a card comes again after this: in minutes on its way, else in days."""
    if memory.state == Stage.REVIEW:
        days = (local_day(memory.due_at, zone) - local_day(now, zone)).days
        return day_words(days)
    minutes = max(1, round((memory.due_at - now).total_seconds() / 60))
    return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}


def day_words(days: int) -> str:
    """Return a number of days, in months or years where that is easier to grasp."""
    if days < 1:
        return _("today")
    if days < _MONTHS_FROM_DAYS:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < _YEAR_DAYS:
        months = round(days / _MONTH_DAYS)
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    years = round(days / _YEAR_DAYS, 1)
    shown = number_format(years, 0 if years == int(years) else 1)
    return ngettext("%(n)s year", "%(n)s years", int(years + 0.999)) % {"n": shown}
