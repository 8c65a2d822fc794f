"""How time spent learning is added up, and what a streak is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

# Thinking and reading between two things done count up to this; after that somebody left.
LONGEST_PAUSE = timedelta(seconds=90)
# What one answer or review takes that nobody timed.
SHORTEST = timedelta(seconds=5)
# In this many days one may be missed without the streak ending.
FORGIVING_DAYS = 7


class DoingKind(StrEnum):
    """What was done."""

    TALK = "talk"
    ANSWER = "answer"
    REVIEW = "review"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that a learner did: a turn of a talk, an answer, a review, a reading.

    ``l2`` is a language without its variant. ``reference`` names the talk that a turn
    belongs to, or the reading that an answer is, so that each counts once. It counts on the
    day on which it began.
    """

    kind: DoingKind
    l2: str
    began_at: datetime
    ended_at: datetime
    spoken_s: float = 0.0
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Streak:
    """Days learned in a row, up to today.

    ``days`` counts the days learned, ``forgiven`` are missed ones that do not end it.
    ``learned_today`` is False as long as today can still be added. ``can_miss_today``
    says that the streak goes on even if nothing happens today.
    """

    days: int
    learned_today: bool
    can_miss_today: bool
    forgiven: tuple[date, ...] = ()
    longest: int = 0


def active_seconds(doings: Iterable[Doing]) -> int:
    """Return the time that these took together.

    What overlaps counts once (two devices), and the pause before the next one counts up to
    ``LONGEST_PAUSE``.
    """
    total = timedelta()
    until: datetime | None = None
    for doing in sorted(doings, key=lambda one: (one.began_at, one.ended_at)):
        ended_at = max(doing.ended_at, doing.began_at + SHORTEST)
        if until is None or doing.began_at - until > LONGEST_PAUSE:
            total += ended_at - doing.began_at
        else:
            total += max(ended_at - until, timedelta())
        until = ended_at if until is None else max(until, ended_at)
    return round(total.total_seconds())


def streak_of(learned: Collection[date], *, today: date) -> Streak:
    """Return the streak that these days make.

    A missed day ends it only if another one was missed in the six days before: one free
    day a week, which nobody has to ask for. Today is not missed before it is over.
    """
    days = sorted(day for day in set(learned) if day <= today)
    if not days:
        return Streak(days=0, learned_today=False, can_miss_today=False)
    known = set(days)
    count = longest = 0
    free: list[date] = []
    day = days[0]
    while day < today or day in known:
        if day in known:
            count += 1
            longest = max(longest, count)
        elif count and _is_free(day, free):
            free.append(day)
        else:
            count, free = 0, []
        day += timedelta(days=1)
    return Streak(
        days=count,
        learned_today=today in known,
        can_miss_today=count > 0 and _is_free(today, free),
        forgiven=tuple(free),
        longest=longest,
    )


def _is_free(day: date, free: list[date]) -> bool:
    return not free or (day - free[-1]).days >= FORGIVING_DAYS
