"""Whether goals were reached: only what is sure is said, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.goals import figures, judged_goals, turns_of
from tutor.goals import GoalFinding, GoalState, GoalTurn, Why, judge_goals
from tutor.goals.acts import load
from tutor.goals.judging import acts_of
from tutor.languages.function_words import LanguageDataError

PRICE = "I can ask what something costs."
CHAT = (
    "T: How was your week?",
    "L: I was at home with a cold and I read a long book.",
    "T: What was it about?",
    "L: It was about a ship in the north that never came back.",
    "T: That sounds sad.",
    "L: Yes, but the end was good and I liked it.",
    "T: Who wrote it?",
    "L: A man from Norway, I forgot his name.",
)


def judged(goal: str, *lines: str, language: str = "en") -> GoalFinding:
    """Return what a talk of ``T:`` and ``L:`` lines says of a goal."""
    return judge_goals([goal], turns_of(list(lines)), language=language)[0]


def test_a_goal_is_reached_in_the_turn_that_does_it() -> None:
    found = judged(PRICE, *CHAT, "T: Look at my shirt!", "L: Nice. How much was it?")
    assert found == GoalFinding(GoalState.REACHED, Why.SHOWN, (5,))


def test_of_a_goal_of_two_parts_both_are_needed() -> None:
    goal = "I can order a drink and some food."
    drink = ("T: What can I bring you?", "L: I'd like a coffee, please.")
    assert judged(goal, *drink).why is Why.PARTLY
    found = judged(goal, *drink, "T: Anything else?", "L: Can I have a cake, please?")
    assert (found.state, found.turns) == (GoalState.REACHED, (1, 2))


@pytest.mark.parametrize(
    ("tutor", "learner"),
    [
        ("Say: how much is it?", "How much is it?"),
        ("Welcome!", "How do you say how much is it in German?"),
        ("And then?", "She said how much is it to the man."),
        ("Do you want it?", "I never ask how much it is."),
    ],
    ids=["repeated", "asks for words", "somebody else", "denied"],
)
def test_words_that_are_not_the_learners_own_act_show_nothing(
    tutor: str, learner: str
) -> None:
    found = judged(PRICE, *CHAT, f"T: {tutor}", f"L: {learner}")
    assert (found.state, found.why) == (GoalState.UNCLEAR, Why.NOT_SURE)


def test_a_goal_was_not_reached_where_a_whole_talk_has_nothing_like_it() -> None:
    goal = "I can ask the way to a place."
    assert judged("I can invite people.", *CHAT).state is GoalState.NOT_REACHED
    assert judged(goal, *CHAT[:4]).why is Why.TOO_LITTLE
    lost = ("T: And you?", "L:", "T: Sorry?", "L:")
    assert judged("I can invite people.", *CHAT, *lost).why is Why.TOO_LITTLE


def test_what_cannot_be_built_on_shows_nothing_and_denies_nothing() -> None:
    turns = (*turns_of(list(CHAT)), GoalTurn(9, "How much is it?", counts=False))
    [found] = judge_goals([PRICE], turns, language="en")
    assert (found.state, found.why) == (GoalState.UNCLEAR, Why.NOT_SURE)


@pytest.mark.parametrize(
    "goal",
    [
        "I can understand directions.",
        "I can explain a problem clearly and calmly.",
        "I can ask what something costs in three shops.",
        "I can write my name.",
        "",
    ],
)
def test_a_goal_that_is_not_understood_to_its_last_word_is_left_open(goal: str) -> None:
    assert acts_of(goal, "en") == frozenset()
    assert judged(goal, *CHAT) == GoalFinding(GoalState.UNCLEAR, Why.NOT_READ)


def test_a_short_answer_to_the_right_question_is_enough() -> None:
    goal = "I can say my name."
    assert judged(goal, "T: What's your name?", "L: Sofia.").turns == (1,)
    assert judged(goal, "T: What's your name?", "L: Mhm.").state is GoalState.UNCLEAR


def test_a_goal_may_be_written_in_the_teachers_language() -> None:
    assert acts_of("Ich kann nach dem Preis fragen.", "en") == {"ask_price"}
    found = judged("Ich kann nach dem Preis fragen.", "T: Hi!", "L: How much is this?")
    assert found.state is GoalState.REACHED


def test_without_rules_for_a_language_everything_is_left_open() -> None:
    found = judged(PRICE, "T: 你好", "L: 多少钱", language="zh")
    assert (found.state, found.why) == (GoalState.UNCLEAR, Why.NOT_READ)


def test_the_labelled_talks_are_judged_right_or_left_open() -> None:
    found = figures(list(judged_goals()))
    reached, missed = found["reached"], found["not_reached"]
    assert reached["right"] == reached["said"] >= 60
    assert missed["right"] == missed["said"] >= 20
    assert found["left_open"] <= 0.35 * found["goals"]


@pytest.mark.parametrize(
    "text",
    [
        "starts: [a]",
        "{starts: [a], glue: a, reported: [a], words: {}, acts: {x: {named: [a]}}}",
        "{starts: [a], glue: a, reported: ['('], words: {}, acts: {}}",
        "{starts: ['{none}'], glue: a, reported: [a], words: {}, acts: {}}",
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, text: str) -> None:
    path = tmp_path / "goals.yaml"
    path.write_text(text)
    with pytest.raises(LanguageDataError, match=r"goals\.yaml"):
        load(path)
