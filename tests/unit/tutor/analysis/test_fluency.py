from __future__ import annotations

import pytest

from tutor.analysis.fluency import fluent
from tutor.analysis.speech_data import speech_data


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I go, I went to school.", "I went to school."),
        ("She go, sorry, she goes home.", "she goes home."),
        ("I I I like it", "I like it"),
        ("I went to the, to the market.", "I went to the market."),
        ("Um, I think, er, yes.", "I think, yes."),
        ("He work, I mean he works here.", "he works here."),
        ("When I was young, I lived in Peru.", "When I was young, I lived in Peru."),
        ("I know I went there.", "I know I went there."),
        ("If you go, you see it.", "If you go, you see it."),
        ("Um.", "."),
        ("", ""),
    ],
)
def test_what_a_speaker_takes_back_is_gone(said: str, meant: str) -> None:
    assert fluent(said, speech_data("en")).text == meant


def test_every_place_leads_back_to_the_turn() -> None:
    said = "I go, um, I went to the the market yesterday."
    found = fluent(said, speech_data("en"))
    for word in ("went", "market", "yesterday"):
        start = found.text.index(word)
        from_, to = found.original(start, start + len(word))
        assert said[from_:to] == word


def test_an_insertion_stands_before_its_word() -> None:
    said = "Um, I went to, to market."
    found = fluent(said, speech_data("en"))
    at = found.text.index("market")
    start, end = found.original(at, at)
    assert start == end == said.index("market")
