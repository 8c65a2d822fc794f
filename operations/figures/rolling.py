"""Sums days up, so that charts over months need not count every event again.

A day is summed up once it is over, and again in the two nights after: a turn may be written
late. A day whose events were deleted is counted anew. Days that are not summed up yet, today
first of all, are counted from the events whenever they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min

from learners.models import DrillAnswer, ExerciseAttempt, LessonAttempt, ReviewLog
from sessions.models import ReadAloudAttempt, Turn

from ..models import CountDay, LearnerDay, RolledDay, StageDay
from .events import TurnFigures, learner_figures, turn_figures
from .scopes import Scope, every_scope

# What comes in later than this after midnight is counted by the next night's job.
SETTLED_AFTER = timedelta(hours=1)
ANEW_DAYS = 2
# So many days are counted from their events while somebody waits for a page.
LIVE_DAYS = 5


def first_day(scope: Scope) -> date | None:
    """Return the first day on which anything happened on the site, in a scope's calendar."""
    firsts = [
        rows.aggregate(first=Min(at))["first"]
        for rows, at in (
            (Turn.objects.all(), "started_at"),
            (ReadAloudAttempt.objects.all(), "created_at"),
            (LessonAttempt.objects.all(), "answered_at"),
            (ExerciseAttempt.objects.all(), "answered_at"),
            (DrillAnswer.objects.all(), "answered_at"),
            (ReviewLog.objects.all(), "reviewed_at"),
        )
    ]
    known = [one for one in firsts if one is not None]
    return scope.today(min(known)) if known else None


def open_days(scope: Scope, first: date, last: date) -> list[date]:
    """Return the days from ``first`` to ``last`` that are not summed up."""
    rolled = set(
        RolledDay.objects.filter(
            scope=scope.key, day__gte=first, day__lte=last
        ).values_list("day", flat=True)
    )
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day not in rolled]


def roll_up(*, now: datetime, scopes: Iterable[Scope] | None = None) -> int:
    """Sum up all days that are over and were not, or may have changed; return how many."""
    n = 0
    for scope in every_scope() if scopes is None else scopes:
        first = first_day(scope)
        if first is None:
            continue
        last = scope.today(now - SETTLED_AFTER) - timedelta(days=1)
        late = [last - timedelta(days=ago) for ago in range(ANEW_DAYS)]
        for day in sorted({*open_days(scope, first, last), *late}):
            if first <= day <= last:
                roll_up_day(scope, day, now=now)
                n += 1
    return n


@transaction.atomic
def roll_up_day(scope: Scope, day: date, *, now: datetime) -> None:
    """Count a day of a scope from its events and keep the result in place of an older one."""
    of_day: dict[str, Any] = {"day": day, "scope": scope.key}
    # First of all: whoever sums up the same day waits here.
    RolledDay.objects.update_or_create(**of_day, defaults={"rolled_at": now})
    for model in (LearnerDay, StageDay, CountDay):
        model._default_manager.filter(**of_day).delete()
    during = scope.moments(day, day)
    LearnerDay.objects.bulk_create(
        [
            LearnerDay(
                **of_day,
                course=course,
                learner_id=learner,
                turns=one.turns,
                spoken_ms=one.spoken_ms,
                talk_ms=one.talk_ms,
            )
            for (_day, course, learner), one in learner_figures(scope, during).items()
        ]
    )
    figures = turn_figures(scope, during).get(day, TurnFigures())
    StageDay.objects.bulk_create(
        [
            StageDay(
                **of_day,
                course=course,
                stage=stage,
                engine=engine,
                host=host,
                times=times,
            )
            for (course, stage, engine, host), times in figures.stages.items()
        ]
    )
    CountDay.objects.bulk_create(
        [
            CountDay(**of_day, course=course, kind=kind, name=name[:100], n=n)
            for (course, kind, name), n in figures.counts.items()
        ]
    )


def count_anew(moments: Iterable[datetime]) -> None:
    """Events of these moments are gone: their days are counted anew, in every calendar."""
    # East and west of here it is another day.
    days = {
        (moment + timedelta(hours=off)).date()
        for moment in moments
        for off in (-12, 0, 14)
    }
    RolledDay.objects.filter(day__in=days).delete()


@dataclass(frozen=True, slots=True)
class Open:
    """Days of a stretch that are not summed up: counted ``live``, or left out so far."""

    live: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()

    @property
    def every(self) -> tuple[date, ...]:
        """Return all of them: what is kept of these days counts for nothing."""
        return (*self.left_out, *self.live)

    def stretches(self) -> list[tuple[date, date]]:
        """Return the live days as stretches from a first to a last one."""
        found: list[tuple[date, date]] = []
        for day in self.live:
            if found and day - found[-1][1] == timedelta(days=1):
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        return found


def still_open(scope: Scope, first: date, last: date) -> Open:
    """Return the days that are not summed up; the latest few are to be counted live."""
    rolled = set(
        RolledDay.objects.filter(scope=scope.key, day__lte=last).values_list(
            "day", flat=True
        )
    )
    begins = min(rolled, default=None) or first_day(scope) or last
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    # Today is never summed up; before the first day there was nothing.
    missing = [day for day in days if day not in rolled and (day >= begins)]
    if last not in rolled and last not in missing:
        missing.append(last)
    return Open(tuple(missing[-LIVE_DAYS:]), tuple(missing[:-LIVE_DAYS]))
