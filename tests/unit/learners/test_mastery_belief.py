"""What evidence says about a phoneme."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from learners.mastery import HALF_LIFE_DAYS, belief, credible_interval, kept_share

NOW = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("alpha", "beta", "low", "high"),
    [
        # Quantiles 0.05 and 0.95 from closed forms and tables.
        (1, 1, 0.05, 0.95),
        (2, 1, 0.05**0.5, 0.95**0.5),
        (1, 5, 1 - 0.95 ** (1 / 5), 1 - 0.05 ** (1 / 5)),
        (8, 4, 0.4356, 0.8649),
        (61, 1, 0.05 ** (1 / 61), 0.95 ** (1 / 61)),
    ],
)
def test_the_interval_is_that_of_a_beta_distribution(
    alpha: float, beta: float, low: float, high: float
) -> None:
    assert credible_interval(alpha, beta) == pytest.approx((low, high), abs=0.003)


def test_without_evidence_nothing_is_known() -> None:
    sound = belief("\u03b8", right=0, wrong=0, attempts=0, as_of=NOW)
    assert sound.mean == 0.5
    assert not sound.is_known


def test_evidence_narrows_the_interval_up_to_a_cap() -> None:
    widths = []
    for n in (4, 16, 60, 6000):
        sound = belief("s", right=0.9 * n, wrong=0.1 * n, attempts=n, as_of=NOW)
        widths.append(sound.high - sound.low)
        assert sound.low < sound.mean < sound.high
    assert widths[0] > widths[1] > widths[2]
    assert widths[3] == pytest.approx(widths[2])
    assert sound.is_known


def test_weights_halve_and_the_way_back_undoes_it() -> None:
    later = NOW + timedelta(days=HALF_LIFE_DAYS)
    assert kept_share(since=NOW, until=later) == pytest.approx(0.5)
    there_and_back = kept_share(since=NOW, until=later) * kept_share(
        since=later, until=NOW
    )
    assert there_and_back == pytest.approx(1)
