"""Figures and the words for them are the same answer."""

import pytest

from tutor.exercises.forms import same
from tutor.exercises.number_forms import number_words


@pytest.mark.parametrize(
    ("l2", "figures", "words"),
    [
        ("en", "In 1998 I was 25.", "in nineteen ninety-eight I was twenty-five"),
        ("en", "It costs 110 euros", "It costs one hundred ten euros"),
        ("es", "Mi madre tiene 58 años.", "Mi madre tiene cincuenta y ocho años."),
        ("fr", "J'ai 75 ans.", "J'ai soixante-quinze ans."),
        ("de", "Ich bin 31.", "Ich bin einunddreißig."),
    ],
)
def test_figures_are_the_words_they_stand_for(
    l2: str, figures: str, words: str
) -> None:
    assert same(figures, words, l2)
    assert same(words, figures, l2)


def test_another_number_is_another_answer() -> None:
    assert not same("60", "sixteen", "en")


@pytest.mark.parametrize("word", ["", "60a", "٦٠", "²", "9" * 400, "sixty"])
def test_what_is_no_plain_number_has_no_words(word: str) -> None:
    assert number_words(word, "en") == ()
