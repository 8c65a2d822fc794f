"""How much talking is left of today, for a learner and for their school.

Used is what talks were open, see TalkStretch: two at the same time count twice. A talk uses
the minutes of one school: that of its lesson's course, else the one that has most left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import DateTimeField, DurationField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least

from schools.quota_rules import Day, Limits, limits_of

from .models import TalkStretch, TutoringSession


class Whose(StrEnum):
    """Whose minutes are the fewest."""

    LEARNER = "learner"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left in one school. ``left_s`` none: nobody counts.

    ``used_s`` and ``limit_s`` are of whom ``whose`` says; ``back_at`` is when there is more.
    """

    limits: Limits
    left_s: float | None
    whose: Whose | None = None
    used_s: float = 0.0
    limit_s: float = 0.0
    back_at: datetime | None = None

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.left_s is not None and self.left_s < 1


def standing_of(session: TutoringSession, *, now: datetime) -> Standing:
    """Return what is left for a talk, in the school whose minutes it uses."""
    limits = limits_of(user_id=session.learner_id)
    lesson = session.lesson
    own = lesson.course.school if lesson is not None else None
    chosen = [one for one in limits if own is not None and one.school == own.uuid]
    return best_standing(session.learner_id, tuple(chosen) or limits, now=now)


def best_standing(
    learner_id: int, limits: tuple[Limits, ...], *, now: datetime
) -> Standing:
    """Return the one of several schools in which most is left."""
    every = [standing_in(learner_id, one, now=now) for one in limits]
    return max(
        every, key=lambda one: float("inf") if one.left_s is None else one.left_s
    )


def standing_in(learner_id: int, limits: Limits, *, now: datetime) -> Standing:
    """Return what is left for a learner in one school."""
    day = limits.day(now)
    standings = []
    if limits.learner_minutes is not None:
        of_learner = Q(learner_id=learner_id, school=limits.school)
        used = used_s(of_learner, day)
        standings.append((Whose.LEARNER, 60.0 * limits.learner_minutes, used))
    if limits.school_minutes is not None:
        used = used_s(Q(school=limits.school), day)
        standings.append((Whose.SCHOOL, 60.0 * limits.school_minutes, used))
    if not standings:
        return Standing(limits, None)
    whose, limit, used = min(standings, key=lambda one: one[1] - one[2])
    return Standing(limits, max(0.0, limit - used), whose, used, limit, day.ends)


def used_s(whose: Q, day: Day) -> float:
    """Return for how many seconds of a day talks were open."""
    total = _lasted(whose, day).aggregate(total=_TOTAL)["total"]
    return (total or timedelta()).total_seconds()


def used_by_school(schools: Collection[UUID], day: Day) -> dict[UUID | None, float]:
    """Return the same for several schools at once; who did not talk is not in it."""
    rows = _lasted(Q(school__in=schools), day).order_by().values_list("school")
    return {
        school: total.total_seconds() for school, total in rows.annotate(total=_TOTAL)
    }


_TOTAL = Sum(F("last") - F("first"), output_field=DurationField())


def _lasted(whose: Q, day: Day) -> QuerySet[TalkStretch]:
    """Return stretches with their ``first`` and ``last`` moment in a day."""
    moment = DateTimeField()
    until = Coalesce("ended_at", "seen_at")
    return (
        TalkStretch.objects.filter(
            whose,
            seen_at__gte=day.begins,
            began_at__lt=day.ends,
            seen_at__gt=F("began_at"),
        )
        .annotate(
            first=Greatest("began_at", Value(day.begins), output_field=moment),
            last=Least(until, Value(day.ends), output_field=moment),
        )
        .filter(last__gt=F("first"))
    )
