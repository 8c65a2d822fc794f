"""Corrections that our own rules find a mistake in."""

from __future__ import annotations

import pytest

from tutor.analysis import STRONG, analyser
from tutor.analysis.edit import Edit
from tutor.analysis.remedies import without_faults
from tutor.analysis.rules import rule_edits
from tutor.analysis.speech_data import speech_data
from tutor.categories import Category
from tutor.findings import Evidence
from tutor.learner import Learner, LearnerTurn, Level

from .answers import Answering

ENGLISH = speech_data("en")


def claimed(text: str, *changes: tuple[str, str]) -> tuple[list[tuple[str, str]], bool]:
    """Return what is left of changes of words, as pairs, and whether one was dropped.

    A change of ``""`` is put before the word that ``|`` in its better part names.
    """
    claims = []
    for said, better in changes:
        better, _, before = better.partition("|")
        start = text.index(said or before)
        edit = Edit(start, start + len(said), better, "R:ADJ:FORM", Category.WORD_FORM)
        claims.append((edit, Evidence.MODEL))
    kept, dropped = without_faults(
        claims, text, lambda said: rule_edits("en", said), ENGLISH
    )
    return [(edit.said(text), edit.better) for edit, _ in kept], dropped


@pytest.mark.parametrize(
    ("text", "change", "whole"),
    [
        ("This is more cheap here.", ("cheap", "cheaper"), ("more cheap", "cheaper")),
        ("It was most big.", ("big", "biggest"), ("most big", "biggest")),
        ("I ate banana.", ("", "a apple |banana"), ("", "an apple")),
        # The rule's own remedy for what the learner said.
        ("She have a dog.", ("have", "do"), ("have", "has")),
        # Beside a mistake that stays.
        ("It is more better.", ("", "much |more"), ("more", "")),
    ],
)
def test_the_rule_completes_half_a_correction(
    text: str, change: tuple[str, str], whole: tuple[str, str]
) -> None:
    assert claimed(text, change) == ([whole], False)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("People are nice.", ("are", "is")),
        ("I bought it.", ("bought", "buyed")),
        ("They have nothing.", ("", "don't |have")),
        ("I agree.", ("", "am |agree")),
    ],
)
def test_a_correction_that_makes_a_mistake_is_dropped(
    text: str, change: tuple[str, str]
) -> None:
    assert claimed(text, change) == ([], True)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("She have a old dog.", [("have", "has"), ("a old", "an old")]),
        ("This is cheap than that.", [("cheap", "cheaper")]),
        ("This people is nice.", [("This", "These"), ("is", "are")]),
        ("I very like it, and she have one.", [("very like", "really like")]),
        ("I buyed it and she have one.", [("buyed", "bought")]),
        ("It is more better and I live at Rome.", [("more", ""), ("at", "in")]),
    ],
)
def test_a_good_correction_stays_as_it_is(
    text: str, changes: list[tuple[str, str]]
) -> None:
    assert claimed(text, *changes) == (changes, False)


def test_one_bad_correction_does_not_cost_the_others() -> None:
    text = "People are nice and I live at Rome."
    assert claimed(text, ("are", "is"), ("at", "in")) == ([("at", "in")], True)


def test_a_completed_correction_is_what_model_and_rule_say_together() -> None:
    text = "Este libro es más bueno."
    edit = Edit(18, 23, "mejor", "", Category.WORD_CHOICE)
    ((better, evidence),), _ = without_faults(
        [(edit, Evidence.MODEL)],
        text,
        lambda said: rule_edits("es", said),
        speech_data("es"),
    )
    assert (better.said(text), better.better) == ("más bueno", "mejor")
    assert better.category is Category.COMPARISON
    assert evidence is Evidence.BOTH


@pytest.mark.parametrize(
    ("l2", "said", "answer", "right"),
    [
        ("es", "Es más bueno así.", "Es más mejor así.", "Es mejor así."),
        ("de", "Das ist mehr gut.", "Das ist mehr besser.", "Das ist besser."),
        ("fr", "C'est plus bien ici.", "C'est plus mieux ici.", "C'est mieux ici."),
    ],
)
def test_learners_are_told_the_whole_correction(
    l2: str, said: str, answer: str, right: str
) -> None:
    learner = Learner(l1="it", l2=l2, level=Level.A2)
    made = analyser(l2, Answering(answer), trust=STRONG)
    found = made.analyse(LearnerTurn(said), learner)
    (one,) = found.findings
    assert (found.corrected, one.evidence) == (right, Evidence.BOTH)
    assert found.judged


def test_a_turn_is_not_called_right_after_a_bad_correction() -> None:
    learner = Learner(l1="it", l2="es", level=Level.A2)
    said = "La gente es simpática."
    made = analyser("es", Answering("La gente son simpática."), trust=STRONG)
    found = made.analyse(LearnerTurn(said), learner)
    assert found.findings == ()
    assert not found.judged


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_more_cheap_becomes_cheaper() -> None:
    learner = Learner(l1="it", l2="en", level=Level.A2)
    said = "This one is more cheap."
    found = analyser("en", Answering("This one is more cheaper.")).analyse(
        LearnerTurn(said), learner
    )
    (one,) = found.findings
    assert (one.said, one.better) == ("more cheap", "cheaper")
    assert found.corrected == "This one is cheaper."
