from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.tutor.exercises.making import level_of
from tutor.exercises import faults
from tutor.exercises.pieces import pieces_of, shuffled
from tutor.exercises.schema import (
    GAP,
    Dictation,
    Exercise,
    GapFill,
    MinimalPair,
    Reorder,
    RolePlay,
    Shadowing,
    ShortAnswer,
    Transform,
)
from tutor.learner import Level

ABOUT = {"level": Level.A2, "l2": "en", "source": "ledger:x"}


def make(kind: type[Exercise], **values: object) -> Exercise:
    return kind(**(ABOUT | values))  # type: ignore[arg-type]


GAP_FILL = make(
    GapFill, prompt=f"I {GAP} to the market.", solution="went", choices=("go", "went")
)
REORDER = make(
    Reorder,
    prompt="",
    solution="I have a dog at home.",
    pieces=("a dog", "have", "at home.", "I"),
)
TRANSFORM = make(
    Transform,
    prompt="I go to the market yesterday.",
    solution="I went to the market yesterday.",
    wrong="go",
    point="went",
)
DICTATION = make(Dictation, prompt="", solution="Here is your bag.")
PAIR = make(MinimalPair, prompt="", solution="bank", choices=("bag", "bank"))
ROLE_PLAY = make(
    RolePlay, prompt="You are at a bank.", solution="", goals=("I can pay",)
)
ANSWER = make(ShortAnswer, prompt="Have you a dog?", solution="", fewest_words=3)


@pytest.mark.parametrize(
    "exercise", [GAP_FILL, REORDER, TRANSFORM, DICTATION, PAIR, ROLE_PLAY, ANSWER]
)
def test_good_exercises_have_no_faults(exercise: Exercise) -> None:
    assert faults(exercise, level_of, known=frozenset({"you"})) == ()


@pytest.mark.parametrize(
    ("exercise", "changes", "fault"),
    [
        (GAP_FILL, {"prompt": "I went to the market."}, "exactly one gap"),
        (GAP_FILL, {"prompt": f"I {GAP} to {GAP} market."}, "exactly one gap"),
        (GAP_FILL, {"choices": ()}, ""),
        (GAP_FILL, {"choices": ("go", "have")}, "not among the choices"),
        (GAP_FILL, {"choices": ("Went", "went")}, "different choices"),
        (GAP_FILL, {"alternatives": ("go",)}, "every choice"),
        (GAP_FILL, {"choices": ("I go to the", "went")}, "choice is too long"),
        (GAP_FILL, {"choices": ("we'nt", "went")}, "sound the same"),
        (GAP_FILL, {"prompt": f"I I {GAP} home home."}, "twice in a row"),
        (GAP_FILL, {"hint": "it is went"}, "hint shows"),
        (GAP_FILL, {"wrong": "went"}, "also an answer"),
        (GAP_FILL, {"prompt": f"I went {GAP} to the market."}, "repeats the word"),
        (GAP_FILL, {"prompt": f"{GAP} I."}, "a sentence at A2"),
        (
            GAP_FILL,
            {"prompt": f"I went {GAP} my sister went.", "choices": ()},
            "shows the answer",
        ),
        (GAP_FILL, {"prompt": f"I {GAP} notwithstanding home."}, "too hard"),
        (GAP_FILL, {"prompt": f"I {GAP} frobnicate home."}, "too hard"),
        (GAP_FILL, {"prompt": f"I {GAP}\nhome every day."}, "several lines"),
        (GAP_FILL, {"source": ""}, "source"),
        (REORDER, {"pieces": ("I", "have", "a dog", "at home.")}, "in order already"),
        (REORDER, {"pieces": ("a cat", "have", "at home.", "I")}, "do not make"),
        (
            REORDER,
            {
                "solution": "I often have a dog.",
                "pieces": ("often", "have", "a dog.", "I"),
            },
            "stand elsewhere",
        ),
        (
            REORDER,
            {
                "solution": "I went to the market with my sister every day.",
                "pieces": (
                    "with my",
                    "sister",
                    "went",
                    "every",
                    "day.",
                    "I",
                    "to the market",
                ),
            },
            "change places",
        ),
        (
            REORDER,
            {
                "solution": "Anna met Tom at school.",
                "pieces": ("Tom", "met", "Anna", "at school."),
            },
            "could begin",
        ),
        (REORDER, {"l2": "ja"}, "nothing is known"),
        (
            REORDER,
            {"solution": "I have. A dog.", "pieces": ("have.", "A dog.", "I")},
            "more than one sentence",
        ),
        (
            REORDER,
            {
                "solution": "I like tea, cake, pizza.",
                "pieces": ("tea,", "like", "cake,", "pizza.", "I"),
            },
            "in a list",
        ),
        (
            TRANSFORM,
            {"prompt": "I went to the market, yesterday"},
            "nothing to correct",
        ),
        (
            TRANSFORM,
            {"prompt": "Its here.", "solution": "It's here.", "wrong": "", "point": ""},
            "nobody would hear",
        ),
        (TRANSFORM, {"wrong": "gone"}, "not in the sentence"),
        (TRANSFORM, {"point": "gone"}, "not in the solution"),
        (DICTATION, {"prompt": "Here is your bag."}, "shows nothing"),
        (DICTATION, {"solution": "Bag."}, "a sentence at A2"),
        (DICTATION, {"solution": "bag " * 15}, "a sentence at A2"),
        (PAIR, {"solution": "dog"}, "one of the two"),
        (PAIR, {"choices": ("bank", "Bank")}, "two different words"),
        (ROLE_PLAY, {"goals": ()}, "no goal"),
        (ROLE_PLAY, {"prompt": ""}, "no situation"),
        (ANSWER, {"prompt": ""}, "no question"),
        (ANSWER, {"solution": "dog"}, "shows the answer"),
        (ANSWER, {"fewest_words": 0}, "too many or too few"),
    ],
)
def test_finds_what_is_wrong(
    exercise: Exercise, changes: dict[str, object], fault: str
) -> None:
    found = faults(replace(exercise, **changes), level_of, known=frozenset({"you"}))  # type: ignore[arg-type]
    if fault:
        assert any(fault in one for one in found), found
    else:
        assert not found


def test_what_is_read_must_be_what_is_said() -> None:
    exercise = make(Shadowing, prompt="Here is your bag.", solution="Here is a bag.")
    assert "what is read must be what is said" in faults(exercise, level_of)


def test_words_that_are_known_are_not_too_hard() -> None:
    hard = make(Dictation, prompt="", solution="Here is your frobnicator.")
    assert faults(hard, level_of)
    assert not faults(hard, level_of, known=frozenset({"frobnicator"}))


def test_names_and_numbers_are_not_too_hard() -> None:
    exercise = make(Dictation, prompt="", solution="I met Zarathustra 17 times a day.")
    assert faults(exercise, level_of) == ("too hard for A2: times",)


@pytest.mark.parametrize(
    ("sentence", "l2", "pieces"),
    [
        (
            "I went to the market.", "en",
            ("I", "went", "to the market."),
        ),
        ("I like tea and cake.", "en", ("I", "like", "tea and cake.")),
        ("Ich sehe den Hund.", "de", ("Ich", "sehe", "den Hund.")),
        ("何か", "ja", ()),
    ],
)  # fmt: skip
def test_keeps_together_what_belongs_together(
    sentence: str, l2: str, pieces: tuple[str, ...]
) -> None:
    assert pieces_of(sentence, l2) == pieces


@pytest.mark.parametrize("seed", ["a", "b", "c", "d", "e"])
def test_shuffles_always_the_same_and_never_into_order(seed: str) -> None:
    pieces = ("I", "have", "a dog.")
    assert shuffled(pieces, seed) == shuffled(pieces, seed) != pieces
    assert sorted(shuffled(pieces, seed)) == sorted(pieces)
