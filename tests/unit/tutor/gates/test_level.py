"""Words that a learner cannot know stay rare, and nothing good is refused."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.gates.level import LevelGate
from tutor.moves import Move, MoveKind, PlannedItem

from .contexts import context


@pytest.mark.parametrize(
    ("level", "reply"),
    [
        ("A1", "Elaborate on your upbringing."),
        ("A1", "To what extent is bureaucracy pervasive?"),
        ("A1", "Your itinerary seems remarkably ambitious."),
        ("A2", "How would you mitigate the repercussions?"),
        ("B1", "Bureaucracy stifles innovation and breeds hypocrisy."),
    ],
)
def test_hard_words_are_refused(level: str, reply: str) -> None:
    assert not LevelGate("en").check(reply, context(level=level), whole=False).passed


@pytest.mark.parametrize(
    ("l2", "reply"),
    [
        ("es", "Explica las repercusiones del menoscabo y su exégesis."),
        ("fr", "Quelles répercussions ce désaveu a-t-il engendrées ?"),
        ("de", "Das Zerwürfnis erfordert Abwägung und Zurückhaltung."),
    ],
)
def test_hard_words_are_refused_by_estimate(l2: str, reply: str) -> None:
    assert not LevelGate(l2).check(reply, context(l2, "A1"), whole=False).passed


def test_one_new_word_is_let_pass() -> None:
    gate = LevelGate("en")

    one = gate.check(
        "I think this is a relevant point.", context(level="A1"), whole=True
    )
    assert one.passed
    assert 0 < one.measured < 0.2


def test_planned_and_own_words_names_and_numbers_are_free() -> None:
    gate = LevelGate("en")
    reply = "Your itinerary and your accommodation in Vladivostok cost 12,500."

    assert gate.above(reply, context(level="A1")) == ["itinerary", "accommodation"]
    plan = LessonPlan(items=(PlannedItem("itinerary"),))
    said = context(level="A1", plan=plan, text="I need an accommodation.")
    assert gate.above(reply, said) == []


def test_the_word_of_the_move_is_free() -> None:
    item = PlannedItem("reluctant", gloss="not happy to do it")
    move = Move(MoveKind.INTRODUCE, item=item)

    reply = "Are you reluctant, not happy to do it?"
    assert (
        LevelGate("en").check(reply, context(level="A1", move=move), whole=True).passed
    )


def test_words_that_look_the_same_at_home_are_free() -> None:
    gate = LevelGate("en")
    reply = "Is that a monument?"

    assert gate.above(reply, context(level="A1", l1="fr")) == []
    assert gate.above("Is it perplexing?", context(level="A1", l1="fr")) != []


def test_an_explanation_in_the_first_language_is_not_measured() -> None:
    move = Move(MoveKind.EXPLAIN, use_l1=True)
    explaining = context(level="A1", l1="es", move=move)

    reply = "Aquí necesitas el participio: gone."
    assert LevelGate("en").check(reply, explaining, whole=True).passed


def test_forms_of_small_words_are_small() -> None:
    reply = "She likes music, and others liked it."

    assert LevelGate("en").above(reply, context(level="A1")) == []


@pytest.mark.parametrize(
    ("l2", "l1", "reply"),
    [
        ("es", "fr", "Les mots doivent s'accorder en genre : « roja »."),
        ("fr", "es", "Aquí la palabra cambia: « rouge »."),
    ],
)
def test_an_explanation_is_known_by_its_words(l2: str, l1: str, reply: str) -> None:
    move = Move(MoveKind.EXPLAIN, use_l1=True)
    explaining = context(l2, "A1", l1=l1, move=move)

    assert LevelGate(l2).check(reply, explaining, whole=True).passed


@pytest.mark.parametrize("level", ["C1", "C2"])
def test_the_highest_levels_know_every_word(level: str) -> None:
    reply = "Sesquipedalian verbiage obfuscates."

    assert LevelGate("en").check(reply, context(level=level), whole=True).passed
