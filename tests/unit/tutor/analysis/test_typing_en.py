"""ERRANT on English: loads a spaCy pipeline once."""

from __future__ import annotations

import pytest

from tutor.analysis import STRONG, analyser
from tutor.analysis.typing_en import category, edits
from tutor.categories import Category
from tutor.learner import Learner, LearnerTurn, Level

from .answers import Answering

LEARNER = Learner(l1="es", l2="en", level=Level.A2)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("said", "corrected", "expected"),
    [
        ("Yesterday I go home.", "Yesterday I went home.", [("go", "went", "R:VERB:TENSE")]),
        ("She like dogs.", "She likes dogs.", [("like", "likes", "R:VERB:SVA")]),
        ("I have dog.", "I have a dog.", [("", "a", "M:DET")]),
        ("It depends of you.", "It depends on you.", [("of", "on", "R:PREP")]),
        ("two apple", "two apples", [("apple", "apples", "R:NOUN:NUM")]),
        ("I buyed it.", "I bought it.", [("buyed", "bought", "R:VERB:INFL")]),
        ("It is right.", "It is right.", []),
    ],
)  # fmt: skip
def test_edits_carry_places_and_types(
    said: str, corrected: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [(one.said(said), one.better, one.type) for one in edits(said, corrected)]
    assert found == expected


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_an_english_turn_is_typed_and_spelling_is_silent() -> None:
    said = "yesterday i go to teh market, its nice"
    model = Answering("Yesterday I went to the market; it's nice.")
    found = analyser("en", model, trust=STRONG).analyse(LearnerTurn(said), LEARNER)
    assert [(one.said, one.better, one.category) for one in found.findings] == [
        ("go", "went", Category.VERB_TENSE)
    ]
    assert found.typed
    assert found.judged


@pytest.mark.parametrize(
    ("error_type", "said", "better", "expected"),
    [
        ("R:VERB:TENSE", "go", "went", Category.VERB_TENSE),
        ("R:VERB:SVA", "like", "likes", Category.AGREEMENT),
        ("M:DET", "", "a", Category.ARTICLE),
        ("U:PREP", "of", "", Category.PREPOSITION),
        ("M:NOUN", "", "idea", Category.MISSING_WORD),
        ("U:ADV", "more", "", Category.EXTRA_WORD),
        ("R:NOUN", "travel", "trip", Category.WORD_CHOICE),
        ("R:OTHER", "no", "don't", Category.NEGATION),
        ("R:OTHER", "a b", "c d", Category.OTHER),
    ],
)
def test_every_type_has_a_coarse_kind(
    error_type: str, said: str, better: str, expected: Category
) -> None:
    assert category(error_type, said, better) is expected
