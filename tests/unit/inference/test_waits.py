"""Waiting is noticed where there is enough of it, and forgotten."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest

from inference import load, scaled
from inference.runners import waits as module
from inference.runners.waits import Waits
from inference.stages.stage import Stage


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of both modules."""
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def test_the_slowest_stage_counts_once_it_has_runs_enough(clock: Clock) -> None:
    waits = Waits()
    for _ in range(3):
        waits.note(Stage.TRANSCRIBE, 5.0)
    assert waits.worst() == 0.0
    waits.note(Stage.TRANSCRIBE, 5.0)
    for _ in range(20):
        waits.note(Stage.SYNTHESIZE, 0.1)
    assert waits.worst() == 5.0
    clock.now += module.LATELY_S + 1
    assert waits.worst() == 0.0


def test_one_run_that_waited_is_no_crowd(clock: Clock) -> None:
    waits = Waits()
    for wait_s in [0.0] * 19 + [9.0]:
        waits.note(Stage.TRANSCRIBE, wait_s)
    assert waits.worst() < 1.0


def test_a_crowd_lets_nobody_in_and_then_one_after_the_other(
    clock: Clock, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits()
    monkeypatch.setattr(scaled, "waits", lambda: waits)
    monkeypatch.setattr(load, "_looked_at", 0.0)
    monkeypatch.setattr(load, "_crowded_at", -math.inf)
    settings.QUEUED = {**settings.QUEUED, "LONGEST_WAIT_S": 1.0}
    assert load.seconds_between_talks() == 0
    for _ in range(10):
        waits.note(Stage.TRANSCRIBE, 2.0)
    clock.now += 1.1
    assert load.seconds_between_talks() == math.inf
    clock.now += load.SETTLES_S + module.LATELY_S
    assert load.seconds_between_talks() == load.PAUSE_S
    clock.now += load.CALMS_S
    assert load.seconds_between_talks() == 0
    settings.QUEUED = {**settings.QUEUED, "LONGEST_WAIT_S": 0.0}
    assert load.seconds_between_talks() == 0
