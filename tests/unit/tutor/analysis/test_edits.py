from __future__ import annotations

import pytest

from tutor.analysis.edits import edits
from tutor.analysis.speech_data import speech_data
from tutor.categories import Category


@pytest.mark.parametrize(
    ("language", "said", "corrected", "expected"),
    [
        ("es", "La casa es rojo.", "La casa es roja.", [("rojo", "roja", Category.AGREEMENT)]),
        ("es", "la problema", "el problema", [("la", "el", Category.ARTICLE)]),
        ("es", "Voy Madrid mañana.", "Voy a Madrid mañana.", [("", "a", Category.PREPOSITION)]),
        ("fr", "Je ai faim.", "J'ai faim.", [("Je ai", "J'ai", Category.OTHER)]),
        ("de", "Heute ich gehe.", "Heute gehe ich.", [("ich gehe", "gehe ich", Category.WORD_ORDER)]),
        ("de", "Ich habe Hund.", "Ich habe einen Hund.", [("", "einen", Category.ARTICLE)]),
        ("de", "Ich sehe Auto gern.", "Ich mag Auto gern.", [("sehe", "mag", Category.WORD_CHOICE)]),
        ("fr", "il fait beau", "il fait beau", []),
    ],
)  # fmt: skip
def test_what_the_words_tell(
    language: str, said: str, corrected: str, expected: list[tuple[str, str, Category]]
) -> None:
    found = edits(said, corrected, speech_data(language))
    assert [(one.said(said), one.better, one.category) for one in found] == expected
    assert all(one.type == "" for one in found)


def test_edits_together_make_the_correction() -> None:
    said = "Ayer yo voy al mercado y compro manzana"
    corrected = "Ayer fui al mercado y compré dos manzanas"
    text = said
    for one in reversed(edits(said, corrected, speech_data("es"))):
        text = one.applied(text)
    assert " ".join(text.split()) == corrected
