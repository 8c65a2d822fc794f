"""Days where summer time begins and ends, and zones that do not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from learners.local_time import (
    day_begins,
    day_ends,
    is_time_zone,
    local_day,
    zone_named,
)

AUCKLAND = zone_named("Pacific/Auckland")
BERLIN = zone_named("Europe/Berlin")


def test_the_same_moment_is_on_different_days() -> None:
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert local_day(moment, AUCKLAND) == date(2026, 3, 2)
    assert local_day(moment, BERLIN) == date(2026, 3, 2)
    assert local_day(moment, zone_named("America/Lima")) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)],
)
def test_days_of_summer_time_are_shorter_and_longer(day: date, hours: int) -> None:
    assert day_ends(day, BERLIN) - day_begins(day, BERLIN) == timedelta(hours=hours)


def test_days_touch_and_hold_their_moments() -> None:
    day = date(2026, 10, 24)
    for _ in range(3):
        assert day_ends(day, BERLIN) == day_begins(day + timedelta(days=1), BERLIN)
        assert local_day(day_begins(day, BERLIN), BERLIN) == day
        last = day_ends(day, BERLIN) - timedelta(microseconds=1)
        assert local_day(last, BERLIN) == day
        day += timedelta(days=1)


def test_midnight_that_does_not_exist_begins_later() -> None:
    santiago = zone_named("America/Santiago")
    day = date(2026, 9, 6)
    assert local_day(day_begins(day, santiago), santiago) == day


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "x" * 100, "\0"])
def test_names_that_are_no_zone_give_the_sites(name: str) -> None:
    assert not is_time_zone(name)
    assert zone_named(name) == zone_named("")
