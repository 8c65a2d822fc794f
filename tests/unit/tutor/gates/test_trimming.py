"""Too long a reply is cut, not asked for again."""

from __future__ import annotations

import pytest

from tutor.gates.length import LengthGate
from tutor.gates.questions import QuestionsGate
from tutor.gates.trimming import trimmed
from tutor.learner import Level

from .contexts import context


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("I see. What did you do?", "I see. What did you do?"),
        ("Where did you go? Who was there?", "Where did you go?"),
        (
            "I like it. You like it. We like it. What is it?",
            "I like it. You like it. What is it?",
        ),
        (
            "That is a nice place to go with all friends. It is cheap. Do you go there?",
            "That is a nice place to go with all friends. Do you go there?",
        ),
        (
            "I see. You went to the sea with your mother, and you swam and ate ice cream.",
            "I see.",
        ),
        ("Oh! Nice! I like dogs too. Do you have one?", None),
        ("", ""),
    ],
)
def test_whole_sentences_are_kept(reply: str, expected: str | None) -> None:
    cut = trimmed(reply, Level.A1)

    assert cut == (reply if expected is None else expected)
    assert LengthGate("en").check(cut, context(level="A1"), whole=True).passed
    assert QuestionsGate("en").check(cut, context(level="A1"), whole=True).passed


def test_a_sentence_is_never_cut_inside() -> None:
    assert trimmed("You went, and you saw, and you ate " + "much " * 20, Level.A1) == ""
