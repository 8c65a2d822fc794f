"""Statistics, against values worked out by hand."""

from __future__ import annotations

import pytest

from bench.pronunciation_statistics import (
    auc,
    best_detection,
    detect,
    mse,
    pcc,
    reliability,
)


def test_correlation_and_error() -> None:
    assert pcc([1, 2, 3], [2, 4, 6]) == pytest.approx(1.0)
    assert pcc([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)
    assert mse([1, 2], [1, 4]) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("predicted", "expert"), [([1, 2], [1, 2]), ([1, 1, 1], [1, 2, 3]), ([], [])]
)
def test_a_correlation_without_a_meaning_is_none(
    predicted: list[float], expert: list[float]
) -> None:
    assert pcc(predicted, expert) is None


def test_auc_counts_ties_half() -> None:
    assert auc([3, 4], [1, 2]) == 1.0
    assert auc([1, 2], [3, 4]) == 0.0
    assert auc([1, 2], [2, 0]) == pytest.approx((0.5 * 2 + 0.5 + 1) / 4)
    assert auc([], [1]) is None


def test_detection_at_a_threshold() -> None:
    found = detect([0.9, 0.8, 0.2, 0.1], [True, False, True, False], 0.5)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.flagged == 0.5
    nothing = detect([0.1, 0.2], [True, False], 0.5)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


def test_the_best_threshold_does_not_cut_through_equal_probabilities() -> None:
    probability = [0.9, 0.5, 0.5, 0.5, 0.1]
    wrong = [True, True, False, False, True]
    best = best_detection(probability, wrong)
    assert best is not None
    assert best.threshold == 0.1
    assert best.f1 == pytest.approx(2 * 0.6 / 1.6)
    assert best_detection([0.3], [False]) is None


def test_reliability_puts_one_into_the_last_bin() -> None:
    table = reliability([0.05, 0.08, 1.0, 0.95], [False, True, True, True])
    assert [(row["from"], row["n"], row["observed"]) for row in table] == [
        (0.0, 2.0, 0.5),
        (0.9, 2.0, 1.0),
    ]
    assert table[1]["predicted"] == 0.975
