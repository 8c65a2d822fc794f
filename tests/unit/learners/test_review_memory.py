"""When a card is due again: steps, days of a calendar, summer time, clocks set back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.local_time import local_day, zone_named
from learners.reviews.intervals import day_words, interval_words
from learners.reviews.memory import Memory, Schedule, Stage, is_usable

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
BERLIN = zone_named("Europe/Berlin")
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def schedule(zone: tzinfo = UTC, **options: float) -> Schedule:
    return Schedule(zone=zone, **options)  # type: ignore[arg-type]


def new(at: datetime = NOON) -> Memory:
    return Memory(due_at=at)


def learned(at: datetime = NOON, plan: Schedule | None = None) -> Memory:
    """Return a card that was just answered easily for the first time."""
    return (plan or schedule()).after(new(at), EASY, now=at)


def test_a_new_card_goes_through_its_steps_before_it_waits_for_days() -> None:
    plan = schedule()
    first = plan.after(new(), GOOD, now=NOON)
    assert first.state == Stage.LEARNING
    assert first.due_at - NOON == timedelta(minutes=10)
    second = plan.after(first, GOOD, now=first.due_at)
    assert second.state == Stage.REVIEW
    assert second.due_at > NOON + timedelta(hours=11)


def test_each_button_shows_what_it_does() -> None:
    plan = schedule()
    memory = learned()
    shown = plan.choices(memory, now=memory.due_at)
    done = tuple(
        plan.after(memory, rating, now=memory.due_at) for rating in (1, 2, 3, 4)
    )
    assert shown == done
    again, hard, good, easy = (one.due_at for one in shown)
    assert again < hard < good < easy
    words = [interval_words(one, now=memory.due_at, zone=UTC) for one in shown]
    assert words[0] == "10 min"
    assert all(word.endswith(("days", "month", "months")) for word in words[1:])


def test_what_was_learned_in_the_evening_was_a_day_ago_next_morning() -> None:
    plan = schedule(BERLIN)
    evening = datetime(2026, 6, 1, 20, tzinfo=UTC)
    memory = plan.after(new(evening), EASY, now=evening)
    assert plan.days_between(evening, evening + timedelta(hours=10)) == 1
    # Due from the beginning of a day, not from the hour at which it was learned.
    assert memory.due_at.astimezone(BERLIN).hour == 0


@pytest.mark.parametrize(("month", "day"), [(3, 28), (10, 24)])
def test_summer_time_moves_no_card_to_another_day(month: int, day: int) -> None:
    plan = schedule(BERLIN, retention=0.95)
    before = datetime(2026, month, day, 21, 30, tzinfo=UTC)
    memory = plan.after(new(before), EASY, now=before)
    days = (local_day(memory.due_at, BERLIN) - local_day(before, BERLIN)).days
    assert days > 1
    assert memory.due_at.astimezone(BERLIN).hour == 0
    assert plan.days_between(before, memory.due_at) == days


def test_a_clock_that_was_set_back_makes_no_interval_negative() -> None:
    plan = schedule()
    memory = learned()
    for rating in (AGAIN, HARD, GOOD, EASY):
        after = plan.after(memory, rating, now=NOON - timedelta(days=400))
        assert after.last_review_at == NOON
        assert after.due_at > NOON


def test_a_journey_to_the_west_makes_no_interval_negative() -> None:
    tokyo, honolulu = zone_named("Asia/Tokyo"), zone_named("Pacific/Honolulu")
    memory = learned(plan=schedule(tokyo))
    later = NOON + timedelta(hours=8)
    assert schedule(honolulu).days_between(NOON, later) == 0
    assert schedule(honolulu).after(memory, GOOD, now=later).due_at > later


@given(
    ratings=st.lists(st.integers(1, 4), max_size=12),
    gaps=st.lists(st.integers(-900_000, 9_000_000), min_size=12, max_size=12),
)
def test_whatever_is_answered_whenever_cards_are_due_after_it(
    ratings: list[int], gaps: list[int]
) -> None:
    plan = schedule(BERLIN)
    memory, now = new(), NOON
    for rating, gap in zip(ratings, gaps, strict=False):
        now += timedelta(seconds=gap)
        memory = plan.after(memory, rating, now=now)
        assert memory.last_review_at is not None
        assert memory.due_at > memory.last_review_at
        assert Memory.from_json(memory.as_json()) == memory


def test_who_wants_to_remember_more_is_asked_sooner() -> None:
    strict = learned(plan=schedule(retention=0.97)).due_at
    easy = learned(plan=schedule(retention=0.7)).due_at
    assert NOON < strict < learned().due_at < easy


def test_a_version_changes_with_a_review_and_not_with_time() -> None:
    memory = learned()
    after = schedule().after(memory, GOOD, now=memory.due_at)
    assert len({new().version, memory.version, after.version}) == 3
    assert Memory.from_json(memory.as_json()).version == memory.version


@pytest.mark.parametrize("bad", [(), (1.0,), (0.0,) * 21, ("x",) * 21])
def test_parameters_that_fsrs_does_not_take_leave_its_own(
    bad: tuple[float, ...],
) -> None:
    assert not is_usable(bad)
    assert Schedule(zone=UTC, parameters=bad).choices(
        new(), now=NOON
    ) == schedule().choices(new(), now=NOON)


def test_spread_days_stay_close_to_what_the_button_said() -> None:
    spread = Schedule(zone=UTC, fuzz=True)
    memory = learned()
    promised = spread.choices(memory, now=memory.due_at)[2].due_at
    days = (promised - memory.due_at).days
    for _ in range(20):
        due_at = spread.after(memory, GOOD, now=memory.due_at).due_at
        assert abs((due_at - promised).days) <= max(2, 0.2 * days)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "1 day"), (30, "30 days"), (61, "2 months"), (366, "1 year"),
     (600, "1.6 years")],
)  # fmt: skip
def test_days_in_words(days: int, words: str) -> None:
    assert day_words(days) == words
