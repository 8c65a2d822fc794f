"""What exercises are made from."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from learners.exercise_sources import (
    lesson_plan,
    level_test,
    new_sentences,
    sound_pairs,
)
from learners.mastery import SoundMastery
from learners.models import VocabularyItem
from lessons.brief import LessonBrief
from tutor.learner import Learner, Level

BRIEF = LessonBrief(
    uuid=uuid4(),
    title="At the café",
    course_title="First talks",
    l2="en",
    level="A1",
    situation="You are at the counter.",
    goals=("I can order a drink.",),
    tutor_role="A waiter",
    opening_line="Good morning!",
    target_words=("coffee", "right", "tea"),
    target_phrases=("How much is it?", "I’d like …, please.", "Thank you!"),
)


def sound(phoneme: str, right: float, wrong: float) -> SoundMastery:
    """Return a sound that was tried often enough to be known."""
    mean = right / (right + wrong)
    return SoundMastery(
        phoneme, right, wrong, mean, mean - 0.05, mean + 0.05, 50,
        datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip


def learner(l1: str = "es", l2: str = "en") -> Learner:
    return Learner(l1, l2, Level.A2)


def test_words_come_first_with_a_meaning_where_there_is_just_one() -> None:
    items = {item.text: item for item in lesson_plan(BRIEF, l2="en").items}
    assert list(items)[:3] == ["coffee", "right", "tea"]
    assert "hot drink" in items["coffee"].gloss
    # "right" has many: nobody could know which one is asked for.
    assert items["right"].gloss == ""


def test_only_whole_phrases_are_examples_of_themselves() -> None:
    items = {item.text: item for item in lesson_plan(BRIEF, l2="en").items}
    assert items["How much is it?"].example == "How much is it?"
    assert items["I’d like …, please."].example == ""
    assert items["Thank you!"].example == ""


def test_a_word_that_was_met_keeps_the_meaning_it_was_met_with() -> None:
    met = VocabularyItem(text="Tea", gloss="a meal in the evening")
    items = lesson_plan(BRIEF, met=[met], l2="en").items
    assert [(i.text, i.gloss) for i in items if i.text.casefold() == "tea"] == [
        ("Tea", "a meal in the evening")
    ]


def test_without_a_lesson_there_are_words_and_sentences() -> None:
    plan = lesson_plan(None, sentences=["My sister has a bag."], l2="en")
    assert (plan.title, plan.situation, plan.goals) == ("", "", ())
    assert [item.example for item in plan.items] == ["My sister has a bag."]


def test_sentences_of_the_level_come_once() -> None:
    first = new_sentences("en", "A2", known_sources=())
    assert len(first) == 2
    second = new_sentences("en", "A2", known_sources={f"item:{one}" for one in first})
    assert not set(first) & set(second)
    assert new_sentences("ja", "A2", known_sources=()) == []


def test_weak_sounds_come_before_those_of_the_first_language() -> None:
    pairs = sound_pairs(learner(), [sound("ŋ", 2, 30)])
    assert pairs[0].sound == "ŋ"
    assert len({pair.sound for pair in pairs}) == 3


def test_what_is_said_well_is_not_practised() -> None:
    usual = {pair.sound for pair in sound_pairs(learner(), [])}
    assert usual
    well = [sound(phoneme, 49, 1) for phoneme in usual]
    assert usual.isdisjoint(pair.sound for pair in sound_pairs(learner(), well))


@pytest.mark.parametrize(("l1", "l2"), [("xx", "en"), ("es", "ja")])
def test_where_nothing_is_known_there_are_no_pairs(l1: str, l2: str) -> None:
    assert sound_pairs(learner(l1, l2), []) == []


def test_a_language_without_lists_knows_no_level() -> None:
    assert level_test("en")("house") is Level.A1
    assert level_test("ja")("家") is None
