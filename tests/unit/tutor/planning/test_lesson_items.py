"""A lesson's words and phrases, explained where the meaning is sure."""

from __future__ import annotations

import pytest

from tutor.learner import Level
from tutor.moves import PlannedItem
from tutor.planning import lesson_items, topic_words

WAY = ("Finding the way", "You want to go to the museum.", "I can ask for the way.")


def items(
    *words: str,
    phrases: tuple[str, ...] = (),
    about: tuple[str, ...] = WAY,
    level: Level = Level.A2,
    language: str = "en",
    known: frozenset[str] = frozenset(),
) -> list[PlannedItem]:
    return list(
        lesson_items(
            phrases, words, about=about, language=language, level=level, known=known
        )
    )


def test_a_word_with_one_meaning_is_explained() -> None:
    (student,) = items("student")
    assert student.gloss == "a person who studies"


def test_of_several_meanings_the_lessons_is_taken() -> None:
    left, right = items("left", "right")
    assert (left.gloss, right.gloss) == (
        "the side opposite right",
        "the side opposite left",
    )
    free, _ = items("free", "busy", about=("Making plans",))
    assert free.gloss == "not busy"


def test_what_may_mean_something_else_here_is_not_explained() -> None:
    assert items("left", about=("At the bank",))[0].gloss == ""


def test_a_meaning_that_is_harder_than_the_word_is_left_out() -> None:
    assert items("bay", level=Level.A1)[0].gloss == ""
    assert items("temple", "citizen", level=Level.A2)[0].gloss == ""


def test_a_phrase_of_the_lesson_is_the_example() -> None:
    phrases = ("Is it far from here?", "Turn left at …", "Left!")
    (*_, far, left) = items("far", "left", phrases=phrases)
    assert far.example == "Is it far from here?"
    assert left.example == "Turn left."


def test_what_is_known_comes_last() -> None:
    found = items("left", "far", phrases=("And you?",), known=frozenset({"left"}))
    assert [item.text for item in found] == ["And you?", "far", "left"]


@pytest.mark.parametrize("language", ["es", "fr", "de", "pt"])
def test_without_glosses_items_are_bare(language: str) -> None:
    assert items("museo", language=language) == [PlannedItem("museo")]


def test_topic_words_say_what_the_lesson_is_about() -> None:
    found = topic_words(["At the café (1)", "You want: tea, and a sandwich!"], "en")
    assert {"café", "tea", "sandwich"} <= found
    assert not found & {"at", "the", "you", "and", "a", "tea,", "(1)", "sandwich!"}
    assert topic_words(["En la cafetería, ¿qué pides?"], "es") == {"cafetería", "pides"}
    assert topic_words([], "en") == frozenset()
