"""Whose limits count for a talk."""

from __future__ import annotations

import pytest

from lessons.limits import OwnLimits, TalkLimits, resolve

SITE = TalkLimits(minutes=10.0, reply_tokens=90, temperature=0.4)
LEVEL = OwnLimits(minutes=6, temperature=0.2, model="small")
COURSE = OwnLimits(minutes=20, reply_tokens=60, model="large")


def test_where_nobody_says_anything_the_deployment_counts() -> None:
    assert resolve(SITE) == resolve(SITE, OwnLimits(), OwnLimits()) == SITE


@pytest.mark.parametrize(
    ("narrower", "minutes"),
    [
        ((OwnLimits(minutes=5), COURSE, LEVEL), 5),
        ((OwnLimits(), COURSE, LEVEL), 20),
        ((OwnLimits(), OwnLimits(), LEVEL), 6),
        ((OwnLimits(minutes=5), OwnLimits(), OwnLimits()), 5),
    ],
)
def test_the_narrowest_that_says_something_wins(
    narrower: tuple[OwnLimits, ...], minutes: float
) -> None:
    assert resolve(SITE, *narrower).minutes == minutes


def test_each_limit_is_looked_up_by_itself() -> None:
    found = resolve(SITE, OwnLimits(minutes=5), COURSE, LEVEL)
    assert found == TalkLimits(
        minutes=5, reply_tokens=60, temperature=0.2, model="large"
    )


def test_zero_is_said_too() -> None:
    found = resolve(SITE, OwnLimits(minutes=0, temperature=0.0), COURSE)
    assert (found.minutes, found.temperature) == (0, 0.0)
