"""The two things other tutors do with a transcript."""

from __future__ import annotations

import pytest

from bench.pronunciation_peers import match_words, peer_scores, similarity
from inference.types.speech import Transcript, Word


def heard(*words: tuple[str, float]) -> Transcript:
    spoken = tuple(
        Word(text, 100.0 * i, 100.0 * i + 90, confidence)
        for i, (text, confidence) in enumerate(words)
    )
    return Transcript(" ".join(text for text, _ in words), spoken, "en", 0.5, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [("bear", "bear", 1.0), ("bear", "beer", 0.75), ("a", "", 0.0), ("", "", 1.0)],
)
def test_similarity_is_the_share_of_letters_kept(
    one: str, other: str, like: float
) -> None:
    assert similarity(one, other) == like


def test_words_are_matched_in_order_around_gaps_and_extra_words() -> None:
    expected = ["we", "call", "it", "bear"]
    assert match_words(expected, ["we", "will", "call", "beer"]) == [0, 2, None, 3]
    assert match_words(expected, []) == [None] * 4
    assert match_words([], ["we"]) == []


def test_confidence_and_spelling_are_scored_apart() -> None:
    scores = peer_scores(["I", "THINK", "SO"], heard(("I", 0.9), (" Sink,", 0.4)))
    assert scores.confidence == (0.9, 0.4, 0.0)
    assert scores.edit_distance == pytest.approx((1.0, 0.6, 0.0))


def test_digits_count_as_the_words_that_were_read() -> None:
    scores = peer_scores(["TWO", "NINE", "NINE"], heard(("299", 0.8)))
    assert scores.edit_distance == (1.0, 1.0, 1.0)
    assert scores.confidence == (0.8, 0.8, 0.8)
