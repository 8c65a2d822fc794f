"""Words that are spoken about or taken back are nobody's mistake."""

from __future__ import annotations

import re

import pytest

from tutor.analysis import STRONG, analyser
from tutor.analysis.mentions import is_no_use
from tutor.analysis.rules import patterns
from tutor.analysis.speech_data import LANGUAGES, speech_data
from tutor.findings import Finding
from tutor.learner import Learner, LearnerTurn, Level

from .answers import Answering


def accused(language: str, text: str) -> list[str]:
    """Return the wrong words that rules find and that are really used."""
    data = speech_data(language)
    found = [edit for rule in patterns(language) for edit in rule.edits(text)]
    assert found, f"no rule finds anything in {text!r}"
    return [edit.said(text) for edit in found if not is_no_use(edit, text, data)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Why do we say bought and not buyed?"),
        ("en", "We say bought, not buyed."),
        ("en", "Is it goed or went?"),
        ("en", "Can I say I am agree?"),
        ("en", "Is it correct to say people is?"),
        ("en", "How do you spell childs?"),
        ("en", "What does childs mean?"),
        ("en", "What means informations?"),
        ("en", "Is the word goed right?"),
        ("en", "My teacher wrote “I am agree with you” in red."),
        ("en", 'He said: "I am agree with you".'),
        ("en", "What is the difference between buyed and bought?"),
        ("en", "Buyed is wrong."),
        ("es", "¿Se dice la problema o el problema?"),
        ("es", "¿Qué significa la problema?"),
        ("es", "Es «el problema», no «la problema»."),
        ("fr", "On dit mon famille ou ma famille ?"),
        ("fr", "Que veut dire mon famille ?"),
        ("de", "Sagt man ich habe gefahren oder ich bin gefahren?"),
        ("de", "Was bedeutet ich habe gefahren?"),
    ],
)  # fmt: skip
def test_who_speaks_about_words_makes_no_mistake(language: str, text: str) -> None:
    assert accused(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "People was, people were happy."),
        ("en", "I buyed, sorry, I bought a car."),
        ("en", "I goed, uh, went home."),
        ("en", "I have two childs, children."),
        ("en", "She have a, she has a dog."),
        ("en", "She have a dog, she has a dog."),
        ("en", "I am agree, I agree with you."),
        ("en", "I want go, I want to go home."),
        ("es", "La problema, el problema es grande."),
        ("fr", "C'est mon famille, ma famille."),
        ("de", "Ich habe nach Berlin gefahren, ich bin nach Berlin gefahren."),
    ],
)
def test_who_says_it_right_at_once_makes_no_mistake(language: str, text: str) -> None:
    assert accused(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "I buyed a car.", "buyed"),
        ("en", "I buyed a car and I bought a dog.", "buyed"),
        ("en", "She have a dog and she has a cat.", "have"),
        ("en", "She have a dog, but she has no cat.", "have"),
        ("en", "I want to say that my sister she have a dog.", "have"),
        ("en", "He said he have a dog and not a cat.", "have"),
        ("en", "I buyed it, not my brother.", "buyed"),
        ("en", "He's my friend, he have a dog, it's true.", "have"),
        ("es", "Digo que la problema es grande.", "la"),
        ("fr", "Je dis que mon famille est grande.", "mon"),
        ("de", "Ich sage, ich habe nach Berlin gefahren.", "habe"),
    ],
)
def test_who_goes_on_is_still_corrected(language: str, text: str, wrong: str) -> None:
    assert wrong in accused(language, text)


def found_by_model(said: str, right: str) -> tuple[Finding, ...]:
    made = analyser("es", Answering(right), trust=STRONG)
    learner = Learner(l1="ja", l2="es", level=Level.A2)
    return made.analyse(LearnerTurn(said), learner).findings


def test_a_model_that_corrects_what_is_spoken_about_is_not_believed() -> None:
    asked = "¿Por qué se dice la casa roja y no la casa rojo?"

    assert found_by_model(asked, asked.replace("casa rojo", "casa roja")) == ()
    assert found_by_model("Compré una casa rojo.", "Compré una casa roja.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mention_takes_long(language: str) -> None:
    for text in ("say not " * 200, "is it a or " * 200, "“a " * 400, "a, not " * 300):
        for pattern in speech_data(language).mentions:
            list(pattern.finditer(text))
            assert pattern.flags & re.IGNORECASE
