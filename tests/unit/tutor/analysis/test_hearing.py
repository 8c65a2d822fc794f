from __future__ import annotations

import pytest

from tutor.analysis.hearing import same_when_heard
from tutor.analysis.speech_data import LANGUAGES, speech_data


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "i am gonna go", "I'm going to go."),
        ("en", "its great, thats all", "It's great. That's all!"),
        ("en", "I dont know", "I do not know"),
        ("en", "I have twenty-five cats", "I have 25 cats"),
        ("en", "twenty five", "25"),
        ("en", "my favourite colour", "my favorite color"),
        ("en", "I love travelling", "I love traveling"),
        ("en", "um I er like it", "I like it"),
        ("en", "cause I like it", "because I like it"),
        ("en", "everyday", "every day"),
        ("en", "there house", "their house"),
        ("es", "¿que tal?", "¿Qué tal?"),
        ("fr", "je sais pas", "je ne sais pas"),
        ("de", "ich hab zwei Hunde", "Ich habe 2 Hunde."),
    ],
)
def test_what_sounds_the_same_is_the_same(language: str, one: str, other: str) -> None:
    assert same_when_heard(one, other, speech_data(language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "I go", "I went"),
        ("en", "two apple", "two apples"),
        ("en", "twenty five", "20"),
        ("en", "that awesome", "that's awesome"),
        ("es", "la problema", "el problema"),
        ("fr", "la pomme", "le pomme"),
        ("de", "den Mann", "der Mann"),
    ],
)
def test_what_sounds_different_is_different(
    language: str, one: str, other: str
) -> None:
    assert not same_when_heard(one, other, speech_data(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_that_shows_a_mistake_can_be_heard(language: str) -> None:
    data = speech_data(language)
    for said, right in data.examples:
        assert said == right or not same_when_heard(said, right, data)
    unchanged = sum(said == right for said, right in data.examples)
    # A prompt that shows mistakes only finds mistakes only.
    assert unchanged / len(data.examples) >= 0.4
