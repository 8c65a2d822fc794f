"""What counts of which attempt, late rules, totals, and how marks are rounded."""

import random
from decimal import Decimal

import pytest

from coursework.gradebook.arithmetic import (
    Attempt,
    Cell,
    CellInput,
    CellState,
    after_late,
    cell,
    days_late,
    exact,
    rounded,
    shown,
    total,
)

DAY = 86_400


def made(
    *attempts: Attempt, of: int = 20, counted: str = "BEST", late: int = 0
) -> Cell:
    given = CellInput(of=of, attempts=attempts, is_due=True)
    return cell(given, counted=counted, late_percent_a_day=late)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2.25", "2.3"), ("2.24", "2.2"), ("2.35", "2.4"), ("0.05", "0.1"), ("7", "7.0")],
)
def test_halves_are_rounded_away_from_zero(value: str, expected: str) -> None:
    assert rounded(Decimal(value)) == Decimal(expected)


def test_a_stored_float_is_what_was_written() -> None:
    # As binary fractions 2.675 and 1.15 lie below the half.
    assert rounded(exact(1.15)) == Decimal("1.2")
    assert exact(0.1) + exact(0.2) == Decimal("0.3")


@pytest.mark.parametrize(
    ("late_s", "days"), [(0, 0), (1, 1), (DAY, 1), (DAY + 1, 2), (10 * DAY, 10)]
)
def test_a_day_counts_once_it_has_begun(late_s: int, days: int) -> None:
    assert days_late(late_s) == days


def test_late_takes_percents_of_the_mark_and_never_more_than_all() -> None:
    two_days = after_late(Decimal(18), late_s=2 * DAY, percent_a_day=10)
    assert two_days == Decimal("14.4")
    assert after_late(Decimal(18), late_s=99 * DAY, percent_a_day=10) == 0


def test_the_best_attempt_is_the_best_after_the_late_rule() -> None:
    # 20 points two days late at 30 percent a day are 8, fewer than 12 in time.
    found = made(Attempt(1, 12.0), Attempt(2, 20.0, 2 * DAY), late=30)
    assert (found.points, found.attempt) == (Decimal("12.0"), 1)


def test_the_last_attempt_is_the_last_that_was_marked() -> None:
    found = made(Attempt(1, 12.0), Attempt(2, 9.0), Attempt(3, None), counted="LAST")
    assert (found.points, found.attempt) == (Decimal("9.0"), 2)


def test_of_two_alike_the_earlier_counts() -> None:
    assert made(Attempt(1, 12.0), Attempt(2, 12.0)).attempt == 1


@pytest.mark.parametrize(
    ("given", "state", "points"),
    [
        (CellInput(of=20), CellState.OPEN, None),
        (CellInput(of=20, is_due=True), CellState.MISSING, Decimal("0.0")),
        (CellInput(of=20, is_due=True, is_for_learner=False), CellState.NONE, None),
        (CellInput(of=20, is_due=True, is_excused=True), CellState.EXCUSED, None),
        (CellInput(of=20, attempts=(Attempt(1, None),)), CellState.WAITING, None),
        (
            CellInput(of=20, is_excused=True, override=7.55),
            CellState.OVERRIDDEN,
            Decimal("7.6"),
        ),
        (
            CellInput(of=20, attempts=(Attempt(1, 5.0),), is_for_learner=False),
            CellState.MARKED,
            Decimal("5.0"),
        ),
    ],
)
def test_states(given: CellInput, state: CellState, points: Decimal | None) -> None:
    found = cell(given, counted="BEST", late_percent_a_day=10)
    assert (found.state, found.points) == (state, points)


def test_an_override_is_not_made_smaller_by_being_late() -> None:
    given = CellInput(of=20, attempts=(Attempt(1, 20.0, DAY),), override=15.0)
    found = cell(given, counted="BEST", late_percent_a_day=50)
    assert found.points == Decimal("15.0")


def test_the_total_weighs_percents_and_leaves_out_what_does_not_count() -> None:
    half = made(Attempt(1, 10.0))
    whole = made(Attempt(1, 5.0), of=5)
    waiting = made(Attempt(1, None))
    assert total([(half, 1), (whole, 3), (waiting, 50)]) == Decimal("87.5")
    assert total([(waiting, 1), (half, 0)]) is None


def test_the_total_is_of_the_rounded_marks() -> None:
    # 6.666... of 20 is shown as 6.7, and 6.7 of 20 is 33.5 percent.
    assert total([(made(Attempt(1, 20 / 3)), 1)]) == Decimal("33.5")


def test_numbers_are_shown_without_a_decimal_that_says_nothing() -> None:
    assert [shown(v) for v in (None, Decimal("7.0"), Decimal("7.5"))] == [
        "",
        "7",
        "7.5",
    ]


def test_properties_hold_for_any_marks() -> None:
    chance = random.Random(7)  # noqa: S311 no secret
    for _ in range(400):
        of = chance.randint(1, 120)
        attempts = tuple(
            Attempt(
                n,
                chance.choice([None, of * chance.random()]),
                chance.randint(0, 9 * DAY),
            )
            for n in range(1, chance.randint(1, 5))
        )
        late = chance.randint(0, 100)
        best = made(*attempts, of=of, late=late)
        last = made(*attempts, of=of, late=late, counted="LAST")
        for found in (best, last):
            if found.points is not None:
                assert 0 <= found.points <= of
                assert found.percent is not None
                assert 0 <= found.percent <= 100
        # No rule gives more than the best attempt, and being stricter never gives more.
        if last.points is not None and best.points is not None:
            assert last.points <= best.points
            stricter = made(*attempts, of=of, late=min(100, late + 10)).points
            assert stricter is not None
            assert stricter <= best.points
        # More attempts never make the best one worse.
        more = made(*attempts, Attempt(9, of / 2), of=of, late=late)
        if best.points is not None and best.state is CellState.MARKED:
            assert more.points is not None
            assert more.points >= best.points


def test_the_total_lies_between_the_lowest_and_the_highest_and_no_order_matters() -> (
    None
):
    chance = random.Random(8)  # noqa: S311 no secret
    for _ in range(200):
        cells = [
            (made(Attempt(1, of * chance.random()), of=of), chance.randint(1, 5))
            for of in (chance.randint(1, 50) for _ in range(chance.randint(1, 8)))
        ]
        found = total(cells)
        shares = [100 * c.points / c.of for c, _ in cells if c.points is not None]
        assert found is not None
        assert rounded(min(shares)) <= found <= rounded(max(shares))
        assert total(reversed(cells)) == found
        assert total([(c, 3 * weight) for c, weight in cells]) == found
