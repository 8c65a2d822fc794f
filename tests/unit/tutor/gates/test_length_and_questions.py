"""Short replies with one question."""

from __future__ import annotations

import pytest

from tutor.gates.length import LengthGate
from tutor.gates.limits import MAX_WORDS
from tutor.gates.questions import QuestionsGate
from tutor.learner import Level

from .contexts import context


@pytest.mark.parametrize("level", list(Level))
def test_words_are_limited_by_level(level: Level) -> None:
    gate, most = LengthGate("en"), MAX_WORDS[level]

    longest = " ".join(["word"] * most) + "."
    assert gate.check(longest, context(level=level), whole=False).measured == most
    assert gate.check(longest, context(level=level), whole=False).passed
    assert not gate.check(f"One {longest}", context(level=level), whole=False).passed


@pytest.mark.parametrize(
    ("reply", "passed"),
    [
        ("I see it. You see it. We see it.", True),
        ("I see it. You see it. We see it. They do too.", False),
        ("Oh! Great! I see it. You see it. Do you?", True),
        ("Mr. Brown is here. It is 3.5 km. He came at 5 p.m. by bus.", True),
        ('She said: "I am here. You are there. He is not. Why?" I see.', False),
    ],
)
def test_sentences_are_counted_as_heard(reply: str, passed: bool) -> None:
    assert LengthGate("en").check(reply, context(), whole=True).passed is passed


@pytest.mark.parametrize(
    ("l2", "reply", "count"),
    [
        ("en", "I see.", 0),
        ("en", "Where did you go?", 1),
        ("en", "Really? Where did you go?", 1),
        ("en", "Where did you go? Who was there?", 2),
        ("en", 'You can ask: "Where is it?" Can you try?', 2),
        ("es", "¿De verdad? ¿Adónde fuiste?", 1),
        ("es", "¿Adónde fuiste? ¿Con quién?", 2),
        ("fr", "Ah bon ? Où es-tu allé ?", 1),
        ("fr", "Où es-tu allé ? Avec qui ?", 2),
        ("de", "Wirklich? Wohin bist du gegangen?", 1),
        ("de", "Wohin? Mit wem?", 2),
    ],
)
def test_questions_are_counted(l2: str, reply: str, count: int) -> None:
    result = QuestionsGate(l2).check(reply, context(l2), whole=True)

    assert result.measured == count
    assert result.passed is (count <= 1)
