"""Local times as moments, also on the nights on which clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from coursework.local_moments import Clock, NoSuchHour, moment_of

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_plain_time_is_taken_as_the_place_has_it() -> None:
    summer = moment_of(datetime(2026, 7, 1, 18, 0), BERLIN, later=True)  # noqa: DTZ001
    assert summer.at == datetime(2026, 7, 1, 16, 0, tzinfo=UTC)
    assert summer.clock is Clock.PLAIN
    winter = moment_of(datetime(2026, 1, 1, 18, 0), BERLIN, later=True)  # noqa: DTZ001
    assert winter.at == datetime(2026, 1, 1, 17, 0, tzinfo=UTC)


def test_an_hour_that_clocks_jump_over_is_refused_with_the_one_they_show() -> None:
    with pytest.raises(NoSuchHour) as refused:
        moment_of(datetime(2026, 3, 29, 2, 30), BERLIN, later=True)  # noqa: DTZ001
    assert refused.value.instead == datetime(2026, 3, 29, 3, 30)  # noqa: DTZ001


@pytest.mark.parametrize(("later", "hour"), [(True, 1), (False, 0)])
def test_an_hour_that_is_there_twice_is_taken_in_the_learners_favour(
    later: bool, hour: int
) -> None:
    night = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    moment = moment_of(night, BERLIN, later=later)
    assert moment.at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert moment.clock is Clock.TWICE


def test_zones_without_summer_time_know_no_such_nights() -> None:
    for hour in range(24):
        night = datetime(2026, 3, 29, hour, 30)  # noqa: DTZ001
        moment = moment_of(night, ZoneInfo("Asia/Tokyo"), later=True)
        assert moment.clock is Clock.PLAIN
