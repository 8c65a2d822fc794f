"""What speech adds, and what many answers do to the items."""

import pytest

from tutor.placement.belief import Belief, chance
from tutor.placement.evidence import talk_rank, with_reading, with_talk
from tutor.placement.refining import FURTHEST, Answered, refine

PLAIN = (
    "My name is Ana. I live in a small house. I have two cats. I like music and football. "
    "My brother is a teacher. I get up at seven and I go to work by bus."
)
RICH = (
    "What strikes me about the debate is how readily people dismiss the evidence once it "
    "undermines their assumptions. Having spent a decade in public administration, I would "
    "argue that incremental reform is vastly more sustainable than sweeping gestures."
)


def test_richer_speech_has_a_higher_rank_within_the_scale() -> None:
    plain, rich = talk_rank(PLAIN, "en"), talk_rank(RICH, "en")
    assert plain is not None
    assert rich is not None
    assert 1 <= plain < 3 < rich <= 6


def test_full_stops_are_not_needed() -> None:
    rank = talk_rank(PLAIN.replace(".", "").lower(), "en")
    assert rank is not None
    assert rank < 5


@pytest.mark.parametrize("text", ["", "Hello, my name is Ana.", "äh " * 3])
def test_too_little_speech_says_nothing(text: str) -> None:
    assert talk_rank(text, "en") is None


def test_a_talk_moves_the_estimate_a_little() -> None:
    belief = Belief.before_anything()
    for _ in range(7):
        belief = belief.after(0, right=True).after(0.5, right=False)
    high, low = with_talk(belief, 6.0), with_talk(belief, 1.0)
    assert low.mean < belief.mean < high.mean
    assert high.mean - low.mean < 2.4, "less than two levels between the extremes"
    assert with_talk(belief, None) == belief


def test_a_reading_moves_less_than_a_talk_and_bad_scores_do_not_ruin() -> None:
    belief = Belief.before_anything()
    for _ in range(7):
        belief = belief.after(0, right=True).after(0.5, right=False)
    worst, best = with_reading(belief, 0), with_reading(belief, 100)
    assert worst.mean < belief.mean < best.mean
    assert belief.mean - worst.mean < belief.mean - with_talk(belief, 1.0).mean
    assert with_reading(belief, None) == belief


def test_an_item_that_is_harder_than_its_seed_moves_up_and_others_stay() -> None:
    answers = [
        Answered("hard", ability=0.0, right=(n % 100) < 100 * chance(0.0, 0.8))
        for n in range(300)
    ]
    found = refine({"hard": 0.0, "quiet": 1.0}, answers)
    assert found["hard"].difficulty == pytest.approx(0.8, abs=0.35)
    assert found["hard"].answers == 300
    assert found["quiet"].difficulty == 1.0


def test_an_item_with_a_wrong_key_is_suspect_and_stays_in_bounds() -> None:
    answers = [Answered("bad", ability=3.0, right=False)] * 200
    found = refine({"bad": -3.0}, [*answers, Answered("gone", 0, True)])
    assert found["bad"].suspect
    assert found["bad"].difficulty == -3.0 + FURTHEST
