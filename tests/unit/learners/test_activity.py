"""Time added up, and streaks that forgive one day a week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from learners.activity import Doing, DoingKind, active_seconds, streak_of

TODAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)


def days(pattern: str, *, last: date = TODAY) -> set[date]:
    """Return the days of a pattern that ends on ``last``: x learned, . missed."""
    return {
        last - timedelta(days=ago)
        for ago, mark in enumerate(reversed(pattern))
        if mark == "x"
    }


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", 0),
        (".", 0),
        ("x", 1),
        ("xxx", 3),
        # Today is not over.
        ("xxx.", 3),
        # Yesterday is the free day.
        ("xxx..", 3),
        ("xxx...", 0),
        ("xxx..x", 1),
        ("xxx.x", 4),
        # Two missed days in seven.
        ("xxx.xx.x", 1),
        ("xxx.xxxxx.x", 1),
        # A week between them.
        ("xxx.xxxxxx.x", 10),
        # The free day of a streak is not its beginning.
        (".xx", 2),
    ],
)
def test_one_missed_day_in_seven_is_forgiven(pattern: str, expected: int) -> None:
    assert streak_of(days(pattern), today=TODAY).days == expected


def test_a_streak_never_shrinks_by_learning() -> None:
    for pattern in ("xx.xxxxx.xx", "x.xxxxxx.x", "xxxxx", "x..xx.xx"):
        before = streak_of(days(pattern + "."), today=TODAY).days
        assert streak_of(days(pattern + "x"), today=TODAY).days == before + 1


@pytest.mark.parametrize(
    ("pattern", "can_miss"),
    [("xxx.", True), ("x.xx.", False), ("x.xxxxxx.", True), ("xxx..", False)],
)
def test_it_is_said_whether_today_may_be_missed(pattern: str, can_miss: bool) -> None:
    streak = streak_of(days(pattern), today=TODAY)
    assert streak.days > 0
    assert streak.can_miss_today is can_miss
    tomorrow = streak_of(days(pattern), today=TODAY + timedelta(days=1))
    assert (tomorrow.days > 0) is can_miss


def test_the_longest_streak_is_remembered() -> None:
    streak = streak_of(days("xxxxxxx....xx"), today=TODAY)
    assert (streak.days, streak.longest) == (2, 7)


def test_a_day_of_the_future_breaks_nothing() -> None:
    learned = days("xxx") | {TODAY + timedelta(days=2)}
    assert streak_of(learned, today=TODAY).days == 3


def doing(start_s: float, length_s: float) -> Doing:
    """Return something done that many seconds after noon."""
    began_at = NOON + timedelta(seconds=start_s)
    return Doing(
        DoingKind.ANSWER, "en", began_at, began_at + timedelta(seconds=length_s)
    )


@pytest.mark.parametrize(
    ("spans", "seconds"),
    [
        ([], 0),
        ([(0, 10)], 10),
        # The pause between two counts.
        ([(0, 10), (40, 10)], 50),
        # A long absence does not.
        ([(0, 10), (4000, 10)], 20),
        # Two devices at once.
        ([(0, 60), (10, 20), (50, 40)], 90),
        ([(50, 40), (0, 60)], 90),
    ],
)
def test_time_is_added_up(spans: list[tuple[float, float]], seconds: int) -> None:
    assert active_seconds(doing(*span) for span in spans) == seconds
