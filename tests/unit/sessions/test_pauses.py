"""Running figures of a learner's pauses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sessions.turns.pauses import REMEMBERED, Pauses, expected_pauses


def of(durations_ms: list[float]) -> Pauses:
    pauses = Pauses()
    for ms in durations_ms:
        pauses = pauses.with_pause(ms)
    return pauses


def drawn(median_ms: float, count: int) -> list[float]:
    rng = np.random.default_rng(3)
    kept = np.exp(rng.normal(math.log(median_ms), 0.5, count))
    return [float(ms) for ms in np.clip(kept, 200, 8000)]


def test_mean_and_variance_are_those_of_the_logarithms() -> None:
    durations = drawn(700, 150)
    pauses = of(durations)
    logs = np.log(durations)
    assert pauses.mean == pytest.approx(logs.mean())
    assert pauses.variance == pytest.approx(logs.var())


def test_quantiles_are_close_to_those_of_what_was_seen() -> None:
    durations = drawn(700, 180)
    pauses = of(durations)
    for share in (0.5, 0.8, 0.95):
        seen = float(np.quantile(durations, share))
        assert pauses.quantile_ms(share) == pytest.approx(seen, rel=0.12)
        assert pauses.longer_than(pauses.quantile_ms(share)) == pytest.approx(1 - share)


def test_new_habits_replace_old_ones() -> None:
    pauses = of(drawn(1500, 400) + drawn(400, 3 * REMEMBERED))
    assert pauses.count == REMEMBERED
    assert pauses.quantile_ms(0.5) == pytest.approx(430, rel=0.2)


@pytest.mark.parametrize("ms", [0, 90, 9_000, 60_000])
def test_closures_and_absences_are_no_pauses(ms: float) -> None:
    assert Pauses().with_pause(ms) == Pauses()


def test_expectation_gives_way_to_what_is_seen() -> None:
    expected = expected_pauses(900, 0.8)
    assert Pauses().blended(expected) == expected
    medians = [
        of(drawn(400, count)).blended(expected).quantile_ms(0.5)
        for count in (5, 20, 180)
    ]
    assert medians == sorted(medians, reverse=True)
    assert medians[0] > 600
    assert medians[-1] < 480


def test_equal_pauses_leave_some_doubt() -> None:
    assert of([500.0] * 100).quantile_ms(0.95) > 600


def test_what_is_kept_is_what_was_there() -> None:
    pauses = of(drawn(700, 50))
    again = Pauses.from_json(pauses.as_json())
    assert again.count == pauses.count
    assert again.quantile_ms(0.9) == pytest.approx(pauses.quantile_ms(0.9), rel=1e-3)


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"count": 3},
        {"count": "many", "mean": 6, "variance": 1},
        {"count": -1, "mean": 6, "variance": 1},
        {"count": 5, "mean": 600, "variance": 1},
        {"count": 5, "mean": 6, "variance": -1},
        {"count": 5, "mean": float("nan"), "variance": 1},
    ],
)
def test_what_makes_no_sense_is_forgotten(kept: dict[str, object]) -> None:
    assert Pauses.from_json(kept) == Pauses()
