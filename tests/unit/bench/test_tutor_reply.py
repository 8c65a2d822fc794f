"""Replies by numbers, held to what was truly wrong."""

from __future__ import annotations

import pytest

from bench.tutor_cases import read_case
from bench.tutor_lessons import read_lessons
from bench.tutor_level import estimated_rank, within_one_macro
from bench.tutor_plain import PlainTalk
from bench.tutor_reply import held_to, measured
from tutor.learner import Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import MoveKind

from .scripted_model import make_model

LESSONS = read_lessons()
MISTAKE = read_case(
    {
        "id": "m", "level": "A2", "l1": "ja", "l2": "en", "lesson": "market",
        "said": "Yesterday I {buyed|bought|verb_tense} apples.", "moves": ["elicit"],
    },
    LESSONS,
)  # fmt: skip
RIGHT = read_case(
    {
        "id": "r", "level": "A2", "l1": "ja", "l2": "en", "lesson": "market",
        "said": "Yesterday I bought apples.", "moves": ["free"],
    },
    LESSONS,
)  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "told", "false_praise"),
    [
        ("Yesterday? Can you say that again?", False, False),
        ("You bought apples. Did you like them?", True, False),
        ("Perfect! What did you do then?", False, True),
    ],
)
def test_a_mistake_is_neither_told_nor_praised(
    reply: str, told: bool, false_praise: bool
) -> None:
    found = measured(reply, MISTAKE)
    assert (found.told, found.false_praise) == (told, false_praise)


def test_who_said_it_right_may_hear_it_and_be_praised() -> None:
    found = measured("You bought apples, that was well said. And then?", RIGHT)
    assert not found.told
    assert not found.false_praise
    assert not found.accuses
    assert found.questions == 1


def test_words_of_correction_accuse_only_who_was_right() -> None:
    reply = "You should say: I bought some apples."
    assert measured(reply, RIGHT).accuses
    assert not measured(reply, MISTAKE).accuses


def test_replies_are_held_to_the_most_demanding_move() -> None:
    assert held_to(MISTAKE).kind is MoveKind.ELICIT
    assert held_to(RIGHT).kind is MoveKind.CONTINUE


def test_harder_sentences_get_higher_levels() -> None:
    easy = estimated_rank("I like red apples. Do you like them?")
    middle = estimated_rank(
        "When we arrived at the hotel, nobody knew that we had booked two rooms."
    )
    hard = estimated_rank(
        "The committee's reluctance to acknowledge the ramifications of its policy"
        " has, by any reasonable measure, exacerbated the resentment of residents."
    )
    assert easy < 2 < middle < hard
    assert hard > 4.5


def test_levels_weigh_the_same_whatever_their_number() -> None:
    easy = "I like it."
    replies = [(Level.A1, easy)] * 9 + [(Level.C1, easy)]
    assert within_one_macro(replies) == pytest.approx(0.5)
    assert within_one_macro([]) is None


def test_the_plain_prompt_is_told_of_sounds_and_of_silence() -> None:
    learner = Learner("ja", "en", Level.A1)
    turn = LearnerTurn("I like rice.", sounds=(SoundProblem("rice", "ɹ"),))
    model = make_model("", "")
    system, user = PlainTalk(learner, model).messages(turn)
    assert "Japanese" in system[1]
    assert user[1].endswith("pronunciation of: rice]")
    silent = PlainTalk(learner, model, opening="Hello!").messages(LearnerTurn(""))
    assert silent[1:] == [("assistant", "Hello!"), ("user", "...")]


async def test_the_plain_prompt_forgets_the_older_half_of_a_long_talk() -> None:
    talk = PlainTalk(Learner("ja", "en", Level.A1), make_model("", "x" * 900))
    lengths = []
    for number in range(8):
        turn = LearnerTurn(f"Line {number}.")
        messages = talk.messages(turn)
        lengths.append(sum(len(text) for _, text in messages[1:]))
        assert [role for role, _ in messages[:2]] == ["system", "user"]
        await talk.answer(turn)
    assert max(lengths) < 4100
    assert lengths[-1] < max(lengths)
