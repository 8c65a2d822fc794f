"""Spans of time to look back on, in weeks or months of the learner's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from ..local_time import day_begins

# Up to so many weeks stand side by side in a plot; more of them become months.
MOST_WEEKS = 26


class Span(StrEnum):
    """How far back the page looks."""

    MONTH = "4w"
    QUARTER = "3m"
    ALL = "all"


_WEEKS = {Span.MONTH: 4, Span.QUARTER: 13}


@dataclass(frozen=True, slots=True)
class Bucket:
    """A week or a month: days from ``first`` up to ``after``, which is not in it.

    ``begins`` and ``ends`` are the same as moments.
    """

    first: date
    after: date
    begins: datetime
    ends: datetime

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.first.isoformat()}_{self.after.isoformat()}"

    @property
    def is_month(self) -> bool:
        """Whether it is longer than a week."""
        return (self.after - self.first).days > 7

    def holds(self, moment: datetime) -> bool:
        """Whether a moment is in it."""
        return self.begins <= moment < self.ends


def buckets(
    span: Span, *, today: date, zone: tzinfo, since: date | None
) -> tuple[Bucket, ...]:
    """Return the weeks or months of a span, the one of today last.

    ``since`` is the first day that anything is known of, for everything so far.
    """
    monday = today - timedelta(days=today.weekday())
    weeks = _WEEKS.get(span)
    if weeks is None:
        start = min(since or today, today)
        weeks = (monday - start).days // 7 + 2
        if weeks > MOST_WEEKS:
            return _months(start, today, zone)
        weeks = max(weeks, _WEEKS[Span.MONTH])
    firsts = [monday - timedelta(weeks=ago) for ago in range(weeks - 1, -1, -1)]
    return tuple(_bucket(day, day + timedelta(weeks=1), zone) for day in firsts)


def bucket_named(key: str, zone: tzinfo) -> Bucket | None:
    """Return a bucket by its name, None for what is none."""
    try:
        first, after = (date.fromisoformat(part) for part in key.split("_"))
        if not timedelta() < after - first <= timedelta(days=366):
            return None
        return _bucket(first, after, zone)
    except (ValueError, OverflowError):
        return None


def _months(start: date, today: date, zone: tzinfo) -> tuple[Bucket, ...]:
    found = []
    first = start.replace(day=1)
    while first <= today:
        after = (first + timedelta(days=32)).replace(day=1)
        found.append(_bucket(first, after, zone))
        first = after
    return tuple(found)


def _bucket(first: date, after: date, zone: tzinfo) -> Bucket:
    return Bucket(first, after, day_begins(first, zone), day_begins(after, zone))
