"""When a learner learned, by the days of their own calendar.

Reads ``ActivityDay``, which ``sessions.activity.refresh_activity`` brings up to date: call
that first where what was done a minute ago shall be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from tutor.languages.function_words import primary

from .activity import Streak, streak_of
from .local_time import day_begins, local_day, time_zone
from .models import ActivityDay

# What is done late, and clocks that are wrong, still fall into days that are counted anew.
COUNTED_ANEW_DAYS = 3
_LEARNED = Q(talks__gt=0) | Q(answers__gt=0) | Q(reviews__gt=0)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: what was done, and whether the streak forgave that nothing was.

    ``goal_s`` is what the learner had wanted to spend, None: no goal.
    """

    day: date
    active_s: int = 0
    spoken_s: int = 0
    talks: int = 0
    answers: int = 0
    reviews: int = 0
    goal_s: int | None = None
    forgiven: bool = False

    @property
    def learned(self) -> bool:
        """Whether anything was done."""
        return bool(self.talks or self.answers or self.reviews)

    @property
    def met_goal(self) -> bool:
        """Whether as much was done as the learner had wanted."""
        return self.goal_s is not None and self.learned and self.active_s >= self.goal_s


def streak(*, learner_id: int, now: datetime, l2: str = "") -> Streak:
    """Return the days learned in a row, in one language or in any.

    One missed day in seven does not end it, see ``learners.activity.streak_of``.
    """
    days = _days(learner_id, l2).filter(_LEARNED).values_list("day", flat=True)
    return streak_of(set(days), today=today(learner_id=learner_id, now=now))


def calendar(
    *, learner_id: int, now: datetime, days: int = 28, l2: str = ""
) -> list[CalendarDay]:
    """Return the latest days, oldest first and each of them, up to the learner's today."""
    last = today(learner_id=learner_id, now=now)
    first = last - timedelta(days=days - 1)
    forgiven = set(streak(learner_id=learner_id, now=now, l2=l2).forgiven)
    found: dict[date, CalendarDay] = {}
    for row in _days(learner_id, l2).filter(day__gte=first, day__lte=last):
        found[row.day] = _with(found.get(row.day), row)
    return [
        found.get(day) or CalendarDay(day=day, forgiven=day in forgiven)
        for day in (first + timedelta(days=n) for n in range(days))
    ]


def minutes_today(*, learner_id: int, now: datetime, l2: str = "") -> int:
    """Return the whole minutes spent learning since the learner's midnight."""
    day = today(learner_id=learner_id, now=now)
    spent = _days(learner_id, l2).filter(day=day).values_list("active_s", flat=True)
    return sum(spent) // 60


def today(*, learner_id: int, now: datetime) -> date:
    """Return the day that it is for the learner."""
    return local_day(now, time_zone(learner_id=learner_id))


def counted_anew_since(*, learner_id: int, now: datetime) -> datetime | None:
    """Return since when activity is added up again; None: from the beginning.

    At least from the latest day that is known, so that nothing is missed between two looks.
    """
    days = ActivityDay.objects.filter(learner_id=learner_id)
    latest = days.aggregate(latest=Max("day"))["latest"]
    if latest is None:
        return None
    recent = replaced_since(learner_id=learner_id, now=now)
    return day_begins(min(recent, latest), time_zone(learner_id=learner_id))


def replaced_since(*, learner_id: int, now: datetime) -> date:
    """Return the first of the days that are replaced; older ones only grow."""
    day = today(learner_id=learner_id, now=now)
    return day - timedelta(days=COUNTED_ANEW_DAYS - 1)


def _days(learner_id: int, l2: str) -> QuerySet[ActivityDay]:
    rows = ActivityDay.objects.filter(learner_id=learner_id)
    return rows.filter(l2=primary(l2)) if l2 else rows


def _with(known: CalendarDay | None, row: ActivityDay) -> CalendarDay:
    """Return a day with another language's row added."""
    known = known or CalendarDay(day=row.day)
    return CalendarDay(
        day=row.day,
        active_s=known.active_s + row.active_s,
        spoken_s=known.spoken_s + row.spoken_s,
        talks=known.talks + row.talks,
        answers=known.answers + row.answers,
        reviews=known.reviews + row.reviews,
        goal_s=known.goal_s if row.goal_s is None else row.goal_s,
    )
