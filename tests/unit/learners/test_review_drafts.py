"""Cards as they are made from words, patterns, sounds and sentences."""

from __future__ import annotations

import pytest

from learners.models import ReviewCard
from learners.reviews.answers import suggest
from learners.reviews.drafts import (
    Draft,
    contrast_draft,
    fixed_pieces,
    in_turn,
    pattern_draft,
    sentence_draft,
    source_of,
    with_gap,
    word_draft,
)
from tutor.exercises import SoundPair

AGAIN, HARD, GOOD = 1, 2, 3
PATTERN = pattern_draft(
    "I'd like …, please.",
    note="To order something.",
    example="I'd like a tea, please.",
    met={},
)
SENTENCE = sentence_draft(
    "go/went", sentence="Yesterday I go to town.", corrected="Yesterday I went to town.",
    said="go", better="went",
)  # fmt: skip


def word(text: str = "coffee", **fields: str) -> Draft | None:
    about = {"meaning": "a hot drink", "example": "Two coffees, please.", **fields}
    return word_draft(text, met={}, **about)


def card(draft: Draft | None) -> ReviewCard:
    assert draft is not None
    return ReviewCard(
        l2="en", kind=draft.kind, front=draft.front, back=draft.back, data=draft.data
    )


def test_a_word_is_asked_by_its_meaning_and_never_shows_itself() -> None:
    made = word()
    assert made is not None
    assert (made.front, made.back) == ("a hot drink", "coffee")
    assert made.data["clue"] == "Two ____, please."


def test_without_a_meaning_a_sentence_asks_and_without_both_nothing_does() -> None:
    made = word(meaning="")
    assert made is not None
    assert made.front == "Two ____, please."
    assert word(meaning="", example="Nothing about it.") is None
    assert word(meaning="", example="Coffee!") is None


@pytest.mark.parametrize(
    ("sentence", "words", "gap"),
    [
        ("I can’t see the sea.", "sea", "I can’t see the ____."),
        ("She goes there.", "go", ""),
        ("We walked home.", "walk", "We ____ home."),
        ("¿Dónde está el baño?", "baño", "¿Dónde está el ____?"),
        ("A (small) cup", "small)", "A (____) cup"),
        ("", "x", ""),
        ("x", "", ""),
    ],
)
def test_gaps(sentence: str, words: str, gap: str) -> None:
    assert with_gap(sentence, words).replace("____)", "____") == gap.replace(
        "____)", "____"
    )


def test_a_pattern_leaves_out_what_stays_the_same() -> None:
    assert PATTERN.data["clue"] == "____ a tea, ____."
    assert fixed_pieces("I'd like …, please.") == ["I'd like", "please"]
    assert fixed_pieces("…") == []


def test_the_same_thing_has_the_same_source_and_long_ones_fit() -> None:
    assert source_of("word", "  Coffee ") == source_of("word", "coffee")
    assert source_of("word", "Straße") == source_of("word", "STRASSE")
    long = source_of("pattern", "x" * 200)
    assert len(long) <= 80
    assert long != source_of("pattern", "x" * 201)
    assert "town" not in SENTENCE.source


def test_kinds_take_turns() -> None:
    words = [card_ for card_ in (word("tea"), word("milk"), word("juice")) if card_]
    kinds = [draft.kind for draft in in_turn([words, [], [PATTERN], [SENTENCE]])]
    assert kinds == ["word", "pattern", "sentence", "word", "word"]


@pytest.mark.parametrize(
    ("draft", "heard", "rating"),
    [
        (word(), "Coffee.", GOOD),
        (word(), "two coffees please", GOOD),
        (word(), "cofee", HARD),
        (word(), "tea", AGAIN),
        (word(), "", None),
        (word(), "🤷 " * 500, None),
        (PATTERN, "I'd like some cake, please", GOOD),
        (PATTERN, "Give me cake", HARD),
        (SENTENCE, "yesterday I went to town", GOOD),
        (SENTENCE, "Yesterday I go to town", AGAIN),
        (contrast_draft(SoundPair("sheep", "ship", "i", "ɪ")), "Sheep!", GOOD),
        (contrast_draft(SoundPair("sheep", "ship", "i", "ɪ")), "ship", AGAIN),
    ],
)
def test_an_answer_suggests_a_button(
    draft: Draft | None, heard: str, rating: int | None
) -> None:
    assert suggest(card(draft), heard).rating == rating
