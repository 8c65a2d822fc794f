"""Answers keep to their budget: where the time went, and what is done when it is too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sessions.turns.budget import SHARES, STEPS, Budget, Part, Step, steps_named
from sessions.turns.budget_keeper import (
    BACK_AFTER,
    LOOK_AFTER,
    MOST_PATIENCE,
    TIMELY_WORDS,
    BudgetKeeper,
)
from sessions.turns.events import StageSpan, TurnTiming
from sessions.turns.short_clauses import in_pieces
from sessions.turns.spent import Spent, spent_in

BUDGET = Budget(target_ms=2000)


def spent(
    *, recognition: float = 0, model: float = 300, voice: float = 150, face: float = 0
) -> Spent:
    """Return what a turn took; as it is, there is much room."""
    return Spent(
        {
            Part.DECISION: 600,
            Part.RECOGNITION: recognition,
            Part.MODEL: model,
            Part.VOICE: voice,
            Part.FACE: face,
        }
    )


def turns(keeper: BudgetKeeper, number: int, **took: float) -> tuple[str, ...]:
    """Have turns that all took as long; return the pace after them."""
    for _ in range(number):
        keeper.note(spent(**took))
    return keeper.pace.names


def timing(
    *spans: tuple[str, float, float], audio: float | None = 1500, words: float = 640
) -> TurnTiming:
    marks = {"final_transcript_ms": words}
    if audio is not None:
        marks["first_audio_ms"] = audio
    ordered = sorted(spans, key=lambda span: span[1])
    stages = tuple(StageSpan(*span) for span in ordered)
    return TurnTiming(1, "last_voiced_sample", stages, marks)


def test_the_shares_are_the_whole_budget_and_every_step_is_somebodys() -> None:
    assert sum(SHARES.values()) == pytest.approx(1.0)
    taken = [step for steps in STEPS.values() for step in steps]
    # Openers are for a model that is slow behind them, too: nobody's turn to take.
    assert set(taken) == set(Step) - {Step.MORE_OPENERS}
    assert BUDGET.answer_ms == pytest.approx(2000 - BUDGET.share_ms(Part.DECISION))


def test_what_a_turn_took_adds_up_to_its_first_sound() -> None:
    found = spent_in(
        timing(
            ("transcribe", 200, 560),
            ("endpoint", 0, 600),
            ("respond_first", 650, 1000),
            ("synthesize", 1250, 1400),
            ("synthesize", 2000, 2100),
        )
    )
    assert found is not None
    assert found.by_part == {
        Part.DECISION: 600,
        Part.RECOGNITION: 40,
        Part.MODEL: 610,
        Part.VOICE: 150,
        Part.FACE: 100,
    }
    assert found.answer_ms == 900


def test_what_was_ready_before_the_turn_was_over_took_no_time() -> None:
    found = spent_in(
        timing(
            ("transcribe", 200, 400),
            ("synthesize", 500, 580),
            ("endpoint", 0, 600),
            audio=610,
            words=602,
        )
    )
    assert found is not None
    assert found.by_part[Part.MODEL] == found.by_part[Part.VOICE] == 0
    assert sum(found.by_part.values()) == 610


def test_a_decision_that_waited_for_the_words_is_recognitions_time() -> None:
    slow = timing(
        ("transcribe", 200, 1100), ("endpoint", 0, 1110), ("synthesize", 1300, 1400),
        words=1112,
    )  # fmt: skip
    by_words, by_pause = spent_in(slow, words_decide=True), spent_in(slow)
    assert by_words is not None
    assert by_pause is not None
    assert by_words.by_part[Part.DECISION] == 200
    assert by_words.by_part[Part.RECOGNITION] == 912
    assert by_pause.by_part[Part.RECOGNITION] == 2


@pytest.mark.parametrize(
    "unheard",
    [
        timing(("endpoint", 0, 600), audio=None),
        timing(("endpoint", 0, 600)),
        timing(("synthesize", 10, 200)),
    ],
)
def test_turns_without_sound_and_typed_ones_tell_nothing(unheard: TurnTiming) -> None:
    assert spent_in(unheard) is None


@pytest.mark.parametrize(
    ("late", "step"),
    [
        ({"recognition": 1400}, Step.QUICK_RECOGNITION),
        ({"model": 1400}, Step.LATER_SCORES),
        ({"voice": 1400}, Step.SHORT_CLAUSE),
        ({"face": 1400}, Step.FACE_JOINS_IN),
    ],
)
def test_the_part_that_is_late_takes_its_step(
    late: dict[str, float], step: Step
) -> None:
    keeper = BudgetKeeper(BUDGET)
    assert turns(keeper, LOOK_AFTER - 1, **late) == ()
    assert turns(keeper, 1, **late) == (step.value,)


def test_one_late_turn_changes_nothing() -> None:
    keeper = BudgetKeeper(BUDGET)
    turns(keeper, 4)
    assert turns(keeper, 1, model=9000) == ()
    assert turns(keeper, 4) == ()


def test_a_learner_who_thinks_long_is_no_reason_to_hurry() -> None:
    keeper = BudgetKeeper(BUDGET)
    for _ in range(8):
        keeper.note(Spent({**spent().by_part, Part.DECISION: 5000}))
    assert keeper.pace.names == ()


def test_steps_follow_each_other_until_there_is_none_left() -> None:
    keeper = BudgetKeeper(BUDGET)
    paces = [turns(keeper, LOOK_AFTER, model=3000, voice=900) for _ in range(5)]
    assert paces[0] == ("later_scores",)
    assert paces[1] == paces[4] == ("later_scores", "short_clause")


def worded(keeper: BudgetKeeper, *took_ms: float) -> bool:
    """Have the model word answers; return whether openers are wanted then."""
    for ms in took_ms:
        keeper.worded(ms)
    return Step.MORE_OPENERS in keeper.pace


def test_a_model_that_is_slow_behind_its_openers_keeps_them() -> None:
    keeper = BudgetKeeper(BUDGET)
    share = BUDGET.share_ms(Part.MODEL)
    assert not worded(keeper, share + 500)
    assert not worded(keeper, share - 100, share + 500)
    assert worded(keeper, share + 500)
    # Each answer was heard at once, and the turns had room all the while.
    assert turns(keeper, 60) == ("more_openers",)


def test_a_model_that_is_quick_again_begins_by_itself() -> None:
    keeper = BudgetKeeper(BUDGET)
    share = BUDGET.share_ms(Part.MODEL)
    assert worded(keeper, share + 500, share + 500)
    assert worded(keeper, *[share / 2] * (TIMELY_WORDS - 1))
    assert not worded(keeper, share / 2)
    assert worded(keeper, share - 1, share + 1, share + 1)


def test_only_the_models_own_words_tell_how_slow_it_is() -> None:
    spans = ("endpoint", 0, 600), ("transcribe", 200, 560), ("synthesize", 650, 750)
    asked = replace(
        timing(*spans), marks={**timing(*spans).marks, "own_words_ms": 2600}
    )
    found, ready_made = spent_in(asked), spent_in(timing(*spans))
    assert found is not None
    assert ready_made is not None
    assert found.wording_ms == 2600 - 640
    assert ready_made.wording_ms is None


def test_a_part_within_its_share_keeps_its_quality() -> None:
    keeper = BudgetKeeper(BUDGET)
    pace = turns(keeper, 20, recognition=90, model=3000)
    assert Step.QUICK_RECOGNITION.value not in pace


def test_with_room_the_step_is_given_back_but_not_at_once() -> None:
    keeper = BudgetKeeper(BUDGET)
    turns(keeper, LOOK_AFTER, recognition=1400)
    assert turns(keeper, BACK_AFTER - 1) == ("quick_recognition",)
    assert turns(keeper, 1) == ()


def test_within_the_budget_but_without_room_nothing_is_given_back() -> None:
    keeper = BudgetKeeper(BUDGET)
    turns(keeper, LOOK_AFTER, recognition=1400)
    just = BUDGET.answer_ms - 200
    assert turns(keeper, 50, model=just) == ("quick_recognition",)


def test_a_host_that_is_too_slow_goes_back_and_forth_ever_more_rarely() -> None:
    keeper = BudgetKeeper(BUDGET)
    kept = []
    for _ in range(5):
        turns(keeper, LOOK_AFTER, recognition=1400)
        number = 0
        while keeper.pace.names:
            keeper.note(spent())
            number += 1
        kept.append(number)
    assert kept == [BACK_AFTER, 12, 24, MOST_PATIENCE, MOST_PATIENCE]


def test_what_the_settings_ask_for_is_never_given_back() -> None:
    always = steps_named(["more_openers"])
    keeper = BudgetKeeper(Budget(target_ms=2000, always=always))
    assert turns(keeper, 60) == ("more_openers",)
    assert turns(keeper, LOOK_AFTER, model=5000) == ("later_scores", "more_openers")
    with pytest.raises(ValueError, match="hurry"):
        steps_named(["hurry"])


@pytest.mark.parametrize(
    ("language", "clause", "pieces"),
    [
        ("en", "Oh, that sounds like a lovely weekend.", 1),
        ("en", "Well done, you said that very clearly today.", 2),
        ("en", "That is a good idea because you like walking.", 2),
        ("de", "Das ist eine gute Idee, weil du gern wanderst.", 2),
        ("ja", "That is a good idea because you like walking.", 1),
        ("en", "What did you buy there?", 1),
    ],
)
def test_a_first_clause_is_parted_only_where_people_stop(
    language: str, clause: str, pieces: int
) -> None:
    found = in_pieces(clause, language)
    assert len(found) == pieces
    assert " ".join(found) == clause
