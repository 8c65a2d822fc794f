"""The simulated month of reviews measures what it says."""

from __future__ import annotations

import pytest

from bench import journey_reviews
from bench.journey_reviews import Learner, Month

pytestmark = pytest.mark.slow


def month(seed: int, *, retention: float = 0.9) -> Month:
    return Learner(seed, retention=retention, fits=False).live(15)


def test_a_memory_as_fsrs_believes_it_is_asked_at_the_right_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("FIRST_SPREAD", "OTHER_SPREAD", "CARD_SPREAD", "INATTENTION"):
        monkeypatch.setattr(journey_reviews, name, 0.0)
    # What is forgotten within a day of being met no plan of whole days can save.
    monkeypatch.setattr(journey_reviews, "FIRST_BUTTONS", (0.0, 0.1, 0.8, 0.1))
    months = [month(seed) for seed in range(4)]
    due = sum(one.due for one in months)
    assert due > 400
    assert sum(one.remembered for one in months) / due == pytest.approx(0.9, abs=0.04)


def test_the_same_seed_gives_the_same_month_and_learners_differ() -> None:
    assert month(1).a_day == month(1).a_day
    assert month(1).remembered != month(2).remembered
