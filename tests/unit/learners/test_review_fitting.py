"""Parameters fitted to somebody who forgets faster than most."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from fsrs.scheduler import DEFAULT_PARAMETERS

from learners.reviews.fitting import Fit, Reviewed, fit
from learners.reviews.memory import Memory, Schedule, Stage, is_usable

FAST = (0.05, 0.2, 0.4, 1.0, *DEFAULT_PARAMETERS[4:])
PLAN = Schedule(zone=UTC)
START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def reviews_of(
    truth: tuple[float, ...], *, cards: int, seed: int = 7
) -> list[Reviewed]:
    """Return what somebody answers whose memory goes by ``truth``, asked by FSRS's own."""
    chance, own = random.Random(seed), Schedule(zone=UTC, parameters=truth)  # noqa: S311
    made = []
    for card in range(cards):
        now = START + timedelta(days=card % 30)
        asked = known = Memory(due_at=now)
        for _ in range(10):
            recall = own.recall(known, now=now) if known.state else 1.0
            rating = 3 if chance.random() < recall else 1
            made.append(Reviewed(card, rating, now))
            asked = PLAN.after(asked, rating, now=now)
            known = own.after(known, rating, now=now)
            now = asked.due_at + timedelta(hours=9 * (asked.state == Stage.REVIEW))
    return made


def test_a_fast_forgetter_gets_shorter_intervals() -> None:
    found = fit(reviews_of(FAST, cards=60), schedule=PLAN)
    assert found is not None
    assert found.is_better
    assert found.parameters[2] < DEFAULT_PARAMETERS[2]
    fitted = Schedule(zone=UTC, parameters=found.parameters)
    new = Memory(due_at=START)
    due = [plan.choices(new, now=START)[3].due_at for plan in (fitted, PLAN)]
    assert due[0] < due[1]


def test_too_little_to_judge_by_fits_nothing() -> None:
    assert fit([], schedule=PLAN) is None
    one_day = [Reviewed(1, 3, START), Reviewed(1, 3, START + timedelta(minutes=10))]
    assert fit(one_day, schedule=PLAN) is None


def test_what_foretells_no_better_is_not_better() -> None:
    old = tuple(DEFAULT_PARAMETERS)
    assert not Fit(parameters=old, loss=0.3, old_loss=0.3).is_better
    assert not Fit(parameters=(1.0,), loss=0.1, old_loss=0.3).is_better
    assert is_usable(old)
