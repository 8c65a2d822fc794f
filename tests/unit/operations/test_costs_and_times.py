"""What an hour of talk costs, and percentiles of rounded times."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from operations.figures.costs import HOURS_OF_MONTH, Prices, cost
from operations.figures.rounding import added, percentile, rounded_ms

PRICES = Prices(
    currency="EUR", hosts=2, host_month=40.0, gpus=1, gpu_hour=0.5,
    million_tokens=0.2, turn_tokens=2000,
)  # fmt: skip


def test_each_part_is_paid_for_its_own_unit() -> None:
    parts = cost(PRICES, hours=HOURS_OF_MONTH, turns=1000)
    assert parts == {
        "hosts": pytest.approx(80.0),
        "gpus": pytest.approx(0.5 * HOURS_OF_MONTH),
        "tokens": pytest.approx(0.4),
    }


@pytest.mark.parametrize(
    ("ms", "rounded"),
    [
        (-3, 0), (9.9, 0), (10, 20), (1994, 2000), (2024, 2000), (2026, 2050),
        (4990, 5000), (9951, 10_000), (10_200, 10_000), (12_345, 12_500),
    ],
)  # fmt: skip
def test_times_are_rounded_more_finely_where_they_are_short(
    ms: float, rounded: int
) -> None:
    assert rounded_ms(ms) == rounded


def test_rounding_keeps_the_order_so_percentiles_are_exact_to_the_step() -> None:
    chance = random.Random(3)  # noqa: S311 the same times each time
    times = [chance.lognormvariate(7, 1) for _n in range(999)]
    rounded = [rounded_ms(ms) for ms in sorted(times)]
    assert rounded == sorted(rounded)
    counted = Counter(str(ms) for ms in rounded)
    for share in (0.01, 0.5, 0.95, 1.0):
        rank = -(-int(share * 1000) * len(times) // 1000)
        assert percentile(counted, share) == rounded_ms(sorted(times)[rank - 1])


def test_days_add_up_and_nothing_has_no_percentile() -> None:
    assert added({"20": 1, "40": 2}, {"40": 1}) == {"20": 1, "40": 3}
    assert percentile({}, 0.5) is None
    assert percentile({"20": 1, "40": 1}, 0.5) == 20
