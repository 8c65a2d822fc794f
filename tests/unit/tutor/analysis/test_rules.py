from __future__ import annotations

import re

import pytest

from tutor.analysis.rules import patterns
from tutor.analysis.speech_data import LANGUAGES
from tutor.categories import Category


def found(language: str, text: str) -> list[tuple[str, str, Category]]:
    """Return what the patterns alone find."""
    return [
        (edit.said(text), edit.better, edit.category)
        for rule in patterns(language)
        for edit in rule.edits(text)
    ]


@pytest.mark.parametrize(
    ("text", "said", "better"),
    [
        ("I am agree with you.", "am", ""),
        ("I'm agree.", "'m", ""),
        ("She have a dog.", "have", "has"),
        ("I buyed a car.", "buyed", "bought"),
        ("I didn't went there.", "went", "go"),
        ("Did you watched it?", "watched", "watch"),
        ("I have saw it.", "saw", "seen"),
        ("I want go home.", "", "to"),
        ("It depends of the price.", "of", "on"),
        ("It is more better.", "more", ""),
        ("I have 20 years.", "have", "am"),
        ("I listen music every day.", "", "to"),
        ("You can to swim.", "", ""),
        ("People is nice.", "is", "are"),
        ("I have two brother and a cat.", "brother", "brothers"),
        ("I live here since five years.", "since", "for"),
        ("Yesterday I go to school.", "go", "went"),
        ("I am boring.", "boring", "bored"),
        ("I no like it.", "no", "don't"),
        ("What you think about it?", "", "do"),
        ("I think is good.", "", "it"),
        ("I was look forward for it.", "for", "to"),
        ("It was long time ago.", "", "a"),
        ("I don't know nobody here.", "nobody", "anybody"),
        ("She is more funnier than me.", "more", ""),
    ],
)
def test_typical_english_mistakes(text: str, said: str, better: str) -> None:
    hits = [(one, other) for one, other, _ in found("en", text)]
    if text == "You can to swim.":
        assert hits == [("to", "")]
    else:
        assert (said, better) in hits


@pytest.mark.parametrize(
    "text",
    [
        "Does she have a dog?",
        "I have twenty years of experience.",
        "Let him go and let her have it.",
        "She and he go there together.",
        "He can't go.",
        "I need help and I want food.",
        "The number of people is growing.",
        "If they were here, he would know.",
        "I have a two year old brother.",
        "My two book clubs meet on Monday.",
        "I have been there since two days ago.",
        "What do you think?",
        "I agree with what you think about it.",
        "Did you go there last week?",
        "That is good to know.",
        "It is more interesting than before.",
        "I go to the shopping centre every day.",
        "I am living here and I like it.",
        "The boring film made me sleep.",
        "He must have it.",
        "Why did they do that?",
        "I suggest that he go home.",
        "We had better go.",
        "I listen to music.",
        "So am I going to learn it?",
        "I must admit it.",
        "They lived a very long time ago.",
        "It was a long time ago.",
        "I don't know, nothing happened.",
        "I don't know nothing comes of it.",
        "I know nothing and nobody here.",
    ],
)
def test_right_english_is_left_alone(text: str) -> None:
    assert found("en", text) == []


@pytest.mark.parametrize(
    ("language", "text", "said", "better"),
    [
        ("es", "Soy veinte años.", "Soy", "tengo"),
        ("es", "La problema es grande.", "La", "el"),
        ("fr", "Je suis vingt ans.", "Je suis", "j'ai"),
        ("fr", "C'est mon famille.", "mon", "ma"),
        ("fr", "C'est encore plus mieux.", "plus", ""),
        ("de", "Das ist mehr besser.", "mehr", ""),
        ("de", "Ich habe nach Berlin gefahren.", "habe", "bin"),
        ("de", "Ich warte für den Bus.", "für", "auf"),
    ],
)
def test_other_languages(language: str, text: str, said: str, better: str) -> None:
    assert (said, better) in [(one, other) for one, other, _ in found(language, text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Tengo veinte años y la gente es simpática."),
        ("fr", "J'ai vingt ans et ma famille est grande."),
        ("fr", "Le film n'est plus mieux noté."),
        ("de", "Ich bin nach Berlin gefahren und habe viel gegessen."),
        ("de", "Es wird nicht mehr besser."),
    ],
)
def test_other_right_sentences(language: str, text: str) -> None:
    assert found(language, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_takes_long(language: str) -> None:
    for text in ("a " * 400, "i i " * 200, "people is " * 100):
        for rule in patterns(language):
            list(rule.edits(text))
            assert rule.find.flags & re.IGNORECASE
