"""A date and a time of day, as people write them, as a moment: clocks change twice a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum


class Clock(StrEnum):
    """What the clocks do at a local time."""

    PLAIN = "plain"
    # The hour is there twice: clocks go back.
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class LocalMoment:
    """A moment, and what the clocks do there."""

    at: datetime
    clock: Clock


class NoSuchHour(ValueError):
    """Clocks go forward over this time; ``instead`` is what they show then."""

    def __init__(self, instead: datetime) -> None:
        super().__init__("clocks jump over this time")
        self.instead = instead


def moment_of(local: datetime, zone: tzinfo, *, later: bool) -> LocalMoment:
    """Return the moment of a local time without a time zone. Raises NoSuchHour.

    Where the hour is there twice, ``later`` takes the second: a learner should not lose an
    hour because of the clocks.
    """
    first = local.replace(tzinfo=zone, fold=0)
    second = local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return LocalMoment(first.astimezone(UTC), Clock.PLAIN)
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back != local.replace(fold=0):
        raise NoSuchHour(back)
    chosen = second if later else first
    return LocalMoment(chosen.astimezone(UTC), Clock.TWICE)
