"""The tutor's draft marks: what is measured, what is not, and how it is added up."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from coursework.drafts.drafting import Draft, draft_mark
from coursework.drafts.facts import (
    AnswerFact,
    GoalFact,
    Mistake,
    Sounded,
    TurnFacts,
    WorkFacts,
)
from coursework.drafts.measured import Measured, Missing
from coursework.drafts.measures import MEASURES
from coursework.drafts.trouble import troubles

SOUNDED = Sounded(total=65.0, fluency=70.0, margin=8.0, validated=True)


def turn(
    index: int, text: str = "we went to the market again", **more: Any
) -> TurnFacts:
    found = TurnFacts(
        index=index,
        at_ms=10_000 * index,
        words=tuple(text.split()),
        speech_ms=20_000,
        judged=True,
        recorded=True,
    )
    return replace(found, **more)


def talk(*turns: TurnFacts, **more: Any) -> WorkFacts:
    return WorkFacts(level="A2", turns=turns or tuple(map(turn, range(1, 7))), **more)


def measured(name: str, facts: WorkFacts) -> Measured:
    found = MEASURES[name](facts)
    assert isinstance(found, Measured), found
    return found


def drafted(facts: WorkFacts, *criteria: dict[str, Any], points: int = 20) -> Draft:
    return draft_mark(facts, criteria=criteria, points=points, kind="TALK")


def criterion(measure: str, *points: float, weight: float = 1) -> dict[str, Any]:
    levels = [{"points": p, "text": ""} for p in points or (0, 1, 2, 3)]
    return {"key": measure, "measure": measure, "weight": weight, "levels": levels}


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_nothing_is_guessed_where_nothing_is_stored(name: str) -> None:
    assert isinstance(MEASURES[name](WorkFacts()), Missing)
    assert isinstance(MEASURES[name](WorkFacts(turns=())), Missing)


def test_minutes_count_the_voice_and_not_what_was_typed() -> None:
    turns = (turn(1), turn(2), turn(3, typed=True))
    found = measured("minutes_spoken", talk(*turns, min_minutes=1))
    assert found.value == pytest.approx(40 / 60)
    assert found.share == pytest.approx(40 / 60)
    assert MEASURES["minutes_spoken"](talk()) is Missing.NOTHING_ASKED


def test_mistakes_are_counted_in_what_was_judged_and_not_delicate() -> None:
    slip = Mistake("article", "error", 0)
    turns = [turn(i, mistakes=(slip,)) for i in range(1, 7)]
    turns.append(turn(7, mistakes=(slip, slip), is_delicate=True))
    turns.append(turn(8, mistakes=(slip,), judged=False))
    found = measured("errors_per_100_words", talk(*turns))
    assert found.value == pytest.approx(100 * 6 / 36)
    assert [one.code for one in found.evidence] == ["mistake.article"] * 6
    assert MEASURES["errors_per_100_words"](talk(turn(1))) is Missing.TOO_LITTLE


def test_no_mistake_found_is_not_certainly_no_mistake() -> None:
    found = measured("errors_per_100_words", talk())
    assert found.value == 0
    assert found.uncertainty > 0
    assert found.share_uncertainty > 0


def test_the_level_decides_how_many_mistakes_are_many() -> None:
    mistakes = (Mistake("article", "error", 0),)
    facts = talk(*(turn(i, mistakes=mistakes if i < 3 else ()) for i in range(1, 7)))
    beginner = measured("errors_per_100_words", replace(facts, level="A1"))
    advanced = measured("errors_per_100_words", replace(facts, level="C1"))
    assert beginner.share > advanced.share


def test_more_turns_make_a_rating_surer_but_never_sure() -> None:
    few = measured("fluency", talk(*(turn(i, sounded=SOUNDED) for i in range(1, 4))))
    many = measured("fluency", talk(*(turn(i, sounded=SOUNDED) for i in range(1, 200))))
    assert few.value == many.value == pytest.approx(70.0)
    assert many.uncertainty < few.uncertainty
    assert many.uncertainty > 1.25 * 8.0 * math.sqrt(0.5) - 0.1


def test_a_rating_that_was_not_checked_is_less_sure() -> None:
    checked = [turn(i, sounded=SOUNDED) for i in range(1, 5)]
    unchecked = [
        turn(i, sounded=replace(SOUNDED, validated=False)) for i in range(1, 5)
    ]
    sure = measured("pronunciation_total", talk(*checked))
    unsure = measured("pronunciation_total", talk(*unchecked))
    assert unsure.uncertainty == pytest.approx(2 * sure.uncertainty)


def test_another_voice_is_not_rated() -> None:
    turns = [turn(i, sounded=SOUNDED, other_voice=True) for i in range(1, 7)]
    assert MEASURES["fluency"](talk(*turns)) is Missing.NO_SCORES


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("she works there", True),
        ("the workshop is", False),
        ("straight on please", True),
        ("go on straight", False),
    ],
)
def test_a_word_counts_with_an_ending_and_a_phrase_in_its_order(
    said: str, used: bool
) -> None:
    wanted = "straight on" if "straight" in said else "work"
    facts = talk(turn(1, said), turn(2), turn(3), target_words=(wanted,))
    assert measured("target_words_used", facts).value == (1.0 if used else 0.0)


def test_repairs_are_of_what_the_tutor_took_up() -> None:
    kinds = [True, False, None, True]
    turns = [
        turn(i, mistakes=(Mistake("article", "error", 0, repaired=kind),))
        for i, kind in enumerate(kinds, start=1)
    ]
    found = measured("self_repair", talk(*turns))
    assert found.value == pytest.approx(2 / 3)
    assert [one.code for one in found.evidence] == [
        "repaired", "not_repaired", "repaired",
    ]  # fmt: skip


def test_turns_that_were_lost_are_evidence_with_their_moment() -> None:
    turns = [turn(1), turn(2, "", understood=False), turn(3), turn(4)]
    found = measured("turns_answered", talk(*turns))
    assert found.value == 0.75
    assert [(one.turn, one.at_ms) for one in found.evidence] == [(2, 20_000)]


def test_exercises_without_an_answer_count_nothing_and_unjudged_ones_are_uncertain() -> (
    None
):
    answers = (AnswerFact(1.0), AnswerFact(0.5), AnswerFact(0.0, answered=False))
    found = measured("exercises_right", WorkFacts(answers=answers))
    assert found.value == pytest.approx(0.5)
    open_one = measured(
        "exercises_right", WorkFacts(answers=(*answers, AnswerFact(None)))
    )
    assert open_one.uncertainty > found.uncertainty
    left = (AnswerFact(0.0, answered=False),) * 3
    assert MEASURES["exercises_right"](WorkFacts(answers=left)) is Missing.NO_ANSWERS


def test_goals_of_which_nothing_is_known_widen_the_interval() -> None:
    shown = GoalFact(True, turns=(2,))
    known = measured("goals_reached", talk(goals=(shown, shown)))
    partly = measured("goals_reached", talk(goals=(GoalFact(None), shown)))
    assert known.share == 1.0
    assert partly.share == 0.75
    assert partly.uncertainty > known.uncertainty
    assert [(one.turn, one.at_ms, one.value) for one in partly.evidence] == [
        (2, 20_000, 2)
    ]
    mostly = talk(goals=(GoalFact(None), GoalFact(None), shown))
    assert MEASURES["goals_reached"](mostly) is Missing.UNCLEAR
    silent = replace(mostly, turns=())
    assert MEASURES["goals_reached"](silent) is Missing.NO_TALK


def test_a_share_becomes_the_nearest_level_whatever_order_levels_are_written_in() -> (
    None
):
    facts = talk(
        *(turn(i) for i in range(1, 4)), min_minutes=2
    )  # half of what was asked
    rising = drafted(facts, criterion("minutes_spoken", 0, 2, 4)).criteria[0]
    falling = drafted(facts, criterion("minutes_spoken", 4, 2, 0)).criteria[0]
    assert rising.points == falling.points == 2.0
    assert (rising.level, falling.level) == (1, 1)


def test_weights_and_uncertainties_add_up() -> None:
    facts = talk(min_minutes=2, goals=(GoalFact(False), GoalFact(False)))
    found = drafted(
        facts,
        criterion("minutes_spoken", 0, 1, weight=3),
        criterion("goals_reached", 0, 1, weight=1),
    )
    assert found.points == pytest.approx(20 * 3 / 4)
    minutes, goals = (one.uncertainty or 0.0 for one in found.criteria)
    parts = (minutes * 3 / 4, goals / 4)
    alone = math.hypot(*parts)
    assert found.uncertainty is not None
    # Between criteria that err alone and criteria that err together.
    assert 20 * alone <= found.uncertainty <= 20 * sum(parts)


def test_a_criterion_for_people_leaves_a_draft_that_is_not_complete() -> None:
    facts = talk(min_minutes=2)
    whole = drafted(facts, criterion("minutes_spoken"))
    partly = drafted(facts, criterion("minutes_spoken"), criterion(""))
    assert whole.is_complete
    assert not partly.is_complete
    assert partly.points == whole.points
    assert (partly.uncertainty or 0) > 20 * 0.14
    assert partly.criteria[1].as_json()["missing"] == "by_hand"


def test_with_less_than_half_measured_there_is_no_draft() -> None:
    facts = talk(min_minutes=2)
    found = drafted(facts, criterion("minutes_spoken"), criterion("", weight=2))
    assert found.points is None
    assert found.criteria[0].points is not None


def test_without_a_rubric_what_was_asked_for_counts() -> None:
    found = drafted(talk(min_minutes=4))
    assert found.points == pytest.approx(10.0)
    assert drafted(talk()).points is None


def test_the_same_facts_make_the_same_draft_without_a_word_of_the_learner() -> None:
    facts = talk(min_minutes=4, target_words=("market", "train"))
    criteria = [criterion(name) for name in MEASURES]
    first = drafted(facts, *criteria).as_json()
    assert first == drafted(facts, *criteria).as_json()
    assert "market" not in repr(first)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (talk(turn(1), turn(2), turn(3, care=True)), "care_open"),
        (talk(turn(1), turn(2), turn(3, other_voice=True)), "other_voice"),
        (talk(seen_before=True), "same_again"),
        (talk(turn(1)), "short"),
        (talk(min_minutes=10), "short"),
        (talk(turn(1), turn(2), turn(3, off_language=True)), "off_language"),
        (talk(turn(1), turn(2), turn(3, "", understood=False)), "not_understood"),
        (talk(turn(1), turn(2), turn(3, problems=("llm.failed",))), "engine_errors"),
        (
            talk(turn(1), turn(2), turn(3, recorded=False), keeps_sound=True),
            "recording_missing",
        ),
        (talk(turn(1), turn(2, typed=True), turn(3, typed=True)), "typed"),
        (WorkFacts(turns=()), "empty"),
    ],
)
def test_trouble_is_named(facts: WorkFacts, code: str) -> None:
    assert code in troubles(facts)


def test_an_ordinary_talk_is_no_trouble() -> None:
    assert troubles(talk(min_minutes=2)) == []
    # Without consent no sound is kept, and that is nobody's fault.
    assert troubles(talk(*(turn(i, recorded=False) for i in range(1, 5)))) == []
