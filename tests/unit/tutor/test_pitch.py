"""The tutor speaks a level higher or lower to who speaks far off theirs."""

from __future__ import annotations

import pytest

from tutor.learner import Learner, LearnerTurn, Level
from tutor.pitch import Pitch, sign

HARD = (
    "Although the prices have increased considerably, I still prefer to purchase"
    " vegetables from local farmers."
)
PLAIN = "I went to the market with my sister and we bought apples."


def who(level: str, l2: str = "en") -> Learner:
    return Learner(l1="ja", l2=l2, level=Level(level))


def level_after(level: str, *turns: str | tuple[str, str]) -> Level:
    pitch = Pitch(who(level))
    for turn in turns:
        text, situation = (turn, "") if isinstance(turn, str) else turn
        pitch.hear(LearnerTurn(text), situation)
    return pitch.learner.level


@pytest.mark.parametrize(
    ("level", "text", "expected"),
    [
        ("A1", HARD, 1),
        ("A2", HARD, 1),
        ("B2", HARD, 0),
        ("A1", "Although considerably.", 0),
        ("A1", PLAIN, 0),
        ("A1", "Yes.", 0),
        ("A2", "Yes.", -1),
        ("B2", "I like it.", -1),
        ("B2", "It was controversial.", 0),
        ("B2", PLAIN, 0),
        ("B2", "", 0),
        ("C1", "I don't know.", -1),
    ],
)
def test_a_turn_is_far_off_or_not(level: str, text: str, expected: int) -> None:
    assert sign(LearnerTurn(text), "", who(level)) == expected


@pytest.mark.parametrize(
    ("l2", "text"),
    [
        ("es", "Aunque los precios han aumentado considerablemente, sigo prefiriendo comprar verduras a los agricultores del entorno."),
        ("fr", "Bien que les prix aient augmenté considérablement, je préfère acheter des légumes chez les agriculteurs des environs."),
        ("de", "Obwohl die Preise erheblich gestiegen sind, bevorzuge ich weiterhin Gemüse von einheimischen Landwirten aus der Umgebung."),
    ],
)  # fmt: skip
def test_other_languages_have_hard_words_too(l2: str, text: str) -> None:
    assert sign(LearnerTurn(text), "", who("A1", l2)) == 1


def test_another_language_says_nothing_of_the_level() -> None:
    assert sign(LearnerTurn(HARD, language="fr"), "", who("A1")) == 0
    assert sign(LearnerTurn("Tudo bem."), "", who("B1", "pt")) == 0


@pytest.mark.parametrize(
    ("level", "turns", "expected"),
    [
        ("A2", (), "A2"),
        ("A2", (HARD,), "A2"),
        ("A2", (HARD, HARD), "B1"),
        ("A2", (HARD, PLAIN, HARD), "B1"),
        ("A2", (HARD, HARD, PLAIN, PLAIN), "A2"),
        ("A2", (HARD, "Yes.", HARD), "A2"),
        ("B2", ("Yes.", "No."), "B2"),
        ("B2", ("Yes.", "No.", "Yes."), "B1"),
        ("B2", ("Yes.", "No.", "Yes.", PLAIN), "B2"),
        ("B2", (("", "silence"), ("Sorry?", "asks_to_repeat"), "Yes."), "B1"),
        ("A2", (("no entiendo", "first_language"),) * 3, "A1"),
        ("A1", ("Yes.",) * 5, "A1"),
        ("A1", (("", "silence"),) * 3, "A1"),
        ("C2", (HARD,) * 3, "C2"),
        ("B2", (("Bye.", "goodbye"),) * 5, "B2"),
        ("B2", (("I want to die.", "danger"),) * 5, "B2"),
    ],
)
def test_a_level_up_or_down_and_back(
    level: str, turns: tuple[str | tuple[str, str], ...], expected: str
) -> None:
    assert level_after(level, *turns) is Level(expected)


def test_a_turn_that_is_answered_again_counts_once() -> None:
    pitch, turn = Pitch(who("A2")), LearnerTurn(HARD)
    pitch.hear(turn, "")
    pitch.hear(turn, "")
    assert pitch.learner.level is Level.A2
