"""Which variants are said: those of the situation, those not said lately, the oldest again."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.languages.templates import template_set
from tutor.learner import LearnerTurn, Level
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.wording.content import asked_item, is_sad, last_question
from tutor.wording.templates import template, variants

from .material import PLANS, TAUGHT, TEXTS, learner, move, wrong_verb
from .test_templates_and_gates import SAD

BILL = PlannedItem("the bill", "the paper that says what you pay")
CAFE = LessonPlan(items=(PlannedItem("tea"), BILL))


def of_situation(kind: MoveKind, name: str, l2: str, band: str) -> tuple[str, ...]:
    templates = template_set(l2)
    assert templates is not None
    return templates.situations[kind][name][band]


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize("name", ["injection", "private", "homework", "swearing"])
@pytest.mark.parametrize(
    ("level", "band"), [("A1", "basic"), ("B1", "independent"), ("C1", "proficient")]
)
def test_a_refusal_has_the_words_of_its_situation(
    l2: str, name: str, level: str, band: str
) -> None:
    refusal = Move(MoveKind.DECLINE, situation=name)
    who = learner(l2, Level(level))
    for seed in range(4):
        said = template(refusal, LearnerTurn("x"), who, LessonPlan(), seed=seed)
        said = said.replace("\u00a0", " ")
        assert said in of_situation(MoveKind.DECLINE, name, l2, band)


@pytest.mark.parametrize("l2", TAUGHT)
def test_every_refusal_differs(l2: str) -> None:
    said = {
        template(
            Move(MoveKind.DECLINE, situation=name),
            LearnerTurn("x"),
            learner(l2),
            LessonPlan(),
        )
        for name in ("injection", "private", "homework", "swearing", "")
    }
    assert len(said) == 5


@pytest.mark.parametrize("l2", TAUGHT)
@pytest.mark.parametrize("name", ["repeats_tutor", "unfinished"])
def test_who_repeats_or_breaks_off_is_encouraged_in_its_own_words(
    l2: str, name: str
) -> None:
    said = template(
        Move(MoveKind.ENCOURAGE, situation=name),
        LearnerTurn("x"),
        learner(l2),
        LessonPlan(),
    )
    plain = said.replace("\u00a0", " ")
    assert plain in of_situation(MoveKind.ENCOURAGE, name, l2, "basic")


@pytest.mark.parametrize("l2", TAUGHT)
def test_a_sad_story_is_not_called_interesting(l2: str) -> None:
    for seed in range(12):
        said = template(
            Move(MoveKind.CONTINUE),
            LearnerTurn(SAD[l2]),
            learner(l2),
            PLANS[l2],
            seed=seed,
        )
        plain = said.replace("\u00a0", " ")
        assert plain in of_situation(MoveKind.CONTINUE, "sad", l2, "basic")


@pytest.mark.parametrize(
    ("text", "sad"),
    [
        ("My dog died.", True),
        ("I’m so sad today.", True),
        ("My father is in hospital.", True),
        ("My father works in a hospital.", False),
        ("I forgot it by accident.", False),
        ("I studied all day.", False),
    ],
)
def test_sadness_is_heard(text: str, sad: bool) -> None:
    templates = template_set("en")
    assert templates is not None
    assert is_sad(text, templates.words) is sad


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("I see. What did you buy there?", "what did you buy there"),
        ("¿Qué compraste allí?", "qué compraste allí"),
        ("Tu peux répéter\u00a0?", "tu peux répéter"),
        ("I see. Tell me more.", ""),
        ("I am here?", "I am here"),
        ("", ""),
        ("What " + "very " * 20 + "long?", ""),
    ],
)
def test_the_last_question_is_said_again(reply: str, question: str) -> None:
    assert last_question(reply) == question


def test_who_asks_to_repeat_hears_the_question_again() -> None:
    again = Move(MoveKind.ANSWER, situation="asks_to_repeat")
    turn, who = LearnerTurn("Can you repeat?"), learner("en")
    said = variants(again, turn, who, LessonPlan(), last="Oh! What did you buy there?")
    assert said[0].endswith("what did you buy there?")
    nothing = variants(again, turn, who, LessonPlan(), last="Tell me more.")
    assert all("{" not in reply for reply in nothing)


def test_who_asks_for_a_meaning_of_the_lesson_is_told_it() -> None:
    asked = Move(MoveKind.ANSWER, situation="meaning")
    turn = LearnerTurn("What does 'the bill' mean?")
    assert asked_item(turn, CAFE) == BILL
    assert asked_item(LearnerTurn("What does tea mean?"), CAFE) is None
    said = variants(asked, turn, learner("en"), CAFE)
    assert "the paper that says what you pay" in said[0]


def test_a_goal_is_asked_for_once() -> None:
    turn, who = LearnerTurn(""), learner("en", Level.B1)
    said: list[str] = []
    for seed in range(14):
        go_on = Move(MoveKind.CONTINUE)
        said.append(template(go_on, turn, who, PLANS["en"], avoid=said, seed=seed))
    asked = [reply for reply in said if "Can you order a drink" in reply]
    assert len(asked) <= 1


def test_praise_names_its_words_wherever_it_can() -> None:
    turn, who = LearnerTurn(TEXTS["en"]), learner("en")
    named = variants(
        Move(MoveKind.PRAISE, praise_for="with my sister"), turn, who, LessonPlan()
    )
    assert all("with my sister" in reply for reply in named[:10])
    bare = variants(
        Move(MoveKind.PRAISE, praise_for="w " * 40), turn, who, LessonPlan()
    )
    assert bare
    assert all("“" not in reply for reply in bare)


@pytest.mark.parametrize("kind", [MoveKind.CONTINUE, MoveKind.RECAST, MoveKind.STEER])
def test_what_was_said_longest_ago_comes_back_first(kind: MoveKind) -> None:
    turn, who = LearnerTurn(TEXTS["en"]), learner("en", Level.B1)
    said: list[str] = []
    made = move(kind, wrong_verb("en"))
    every = len(variants(made, turn, who, PLANS["en"]))
    for seed in range(every):
        said.append(template(made, turn, who, PLANS["en"], avoid=said, seed=seed))
    assert len(set(said)) > every // 2
    again = template(made, turn, who, PLANS["en"], avoid=said, seed=3)
    assert again not in said[-every // 3 :]


@pytest.mark.parametrize("l2", TAUGHT)
def test_ten_minutes_do_not_repeat_a_reply(l2: str) -> None:
    fewest = {"en": 20, "es": 13, "fr": 13, "de": 13}
    for level in (Level.A1, Level.B1, Level.C1):
        said: list[str] = []
        for seed in range(25):
            turn = LearnerTurn(TEXTS[l2])
            who = learner(l2, level)
            words = template(
                Move(MoveKind.CONTINUE), turn, who, PLANS[l2], avoid=said, seed=seed
            )
            said.append(words)
        assert len(set(said)) >= fewest[l2], (level, len(set(said)))


def test_replies_take_up_what_the_learner_talks_about() -> None:
    turn = LearnerTurn("Yesterday we went to the market.")
    for level in Level:
        said = variants(
            Move(MoveKind.CONTINUE), turn, learner("en", level), LessonPlan()
        )
        assert sum("market" in reply for reply in said) >= 4
