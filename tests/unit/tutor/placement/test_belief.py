"""What is believed of an ability after answers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.learner import Level
from tutor.placement.belief import GUESS, Belief, chance, information
from tutor.placement.scale import CUTS, STEP, centre, level_at

_answers = st.lists(
    st.tuples(st.floats(-3.5, 3.5), st.booleans()), min_size=0, max_size=15
)


def _after(answers: list[tuple[float, bool]]) -> Belief:
    belief = Belief.before_anything()
    for difficulty, right in answers:
        belief = belief.after(difficulty, right=right)
    return belief


def test_whoever_is_as_able_as_an_item_is_hard_knows_it_in_one_case_of_two() -> None:
    assert chance(0.7, 0.7) == pytest.approx(GUESS + (1 - GUESS) / 2)
    assert chance(0.7, 0.7, guess=0) == pytest.approx(0.5)
    # logistic(1) and logistic(-1), as any table has them
    assert chance(1, 0, guess=0) == pytest.approx(0.7310586)
    assert chance(0, 1, guess=0) == pytest.approx(0.2689414)


def test_without_guessing_information_is_that_of_the_rasch_model() -> None:
    for gap in (-2.0, 0.0, 1.5):
        share = chance(gap, 0, guess=0)
        assert information(gap, 0, guess=0) == pytest.approx(share * (1 - share))


def test_with_guessing_an_item_tells_most_a_little_below_the_ability() -> None:
    """Birnbaum's maximum of the three-parameter model."""
    best = math.log((1 + math.sqrt(1 + 8 * GUESS)) / 2)
    hardest = max(range(-300, 301), key=lambda n: information(0, n / 100))
    assert hardest / 100 == pytest.approx(-best, abs=0.011)


@given(_answers)
def test_shares_add_up_and_a_right_answer_never_lowers(
    answers: list[tuple[float, bool]],
) -> None:
    belief = _after(answers)
    assert sum(belief.shares) == pytest.approx(1)
    assert belief.after(0.3, right=True).mean >= belief.mean
    assert belief.after(0.3, right=False).mean <= belief.mean


@given(_answers)
def test_the_order_of_answers_does_not_matter(
    answers: list[tuple[float, bool]],
) -> None:
    assert _after(answers).mean == pytest.approx(_after(answers[::-1]).mean)


def test_answers_of_a_known_ability_are_found_again() -> None:
    """Many items answered as often right as the model says for 0.9."""
    belief = Belief.before_anything()
    for difficulty in (-1.5, -0.5, 0.5, 1.5, 2.5):
        right = round(40 * chance(0.9, difficulty))
        for n in range(40):
            belief = belief.after(difficulty, right=n < right)
    assert belief.mean == pytest.approx(0.9, abs=0.1)
    assert belief.error < 0.3


def test_a_hard_item_that_is_hit_raises_more_than_an_easy_one() -> None:
    start = Belief.before_anything()
    assert start.after(2, right=True).mean > start.after(-2, right=True).mean


def test_a_hint_moves_towards_it_by_its_weight() -> None:
    belief = _after([(0.0, True), (0.0, False)] * 12)
    error, mean = belief.error, belief.mean
    hinted = belief.leaning(mean + 2, 1.5)
    weight = error**2 / (error**2 + 1.5**2)
    assert hinted.mean - mean == pytest.approx(2 * weight, rel=0.15)
    assert hinted.error < error


def test_levels_are_the_belief_cut_at_the_cuts() -> None:
    levels = Belief.before_anything().leaning(centre(Level.B2), 0.3).levels
    assert sum(levels.values()) == pytest.approx(1)
    assert max(levels, key=lambda level: levels[level]) == Level.B2


def test_cuts_lie_between_the_middles() -> None:
    assert [level_at(centre(level)) for level in Level] == list(Level)
    assert level_at(CUTS[2]) == Level.B2
    assert level_at(CUTS[2] - 0.001) == Level.B1
    assert level_at(-99) == Level.A1
    assert level_at(99) == Level.C2
    assert centre(Level.B1) - centre(Level.A2) == pytest.approx(STEP)


def test_quantiles_rise() -> None:
    belief = _after([(0, True), (1, False)])
    assert belief.quantile(0.05) < belief.quantile(0.5) < belief.quantile(0.95)
