"""A reply can be spoken as it stands."""

from __future__ import annotations

import pytest

from tutor.gates.form import FormGate

from .contexts import context


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "  ...",
        "- one\n- two",
        "1. First\n2. Second",
        "That is **great**.",
        "# Title\nText.",
        "See https://example.org now.",
        "Go to example.com today.",
        "Nice! 😀",
        "Nice :)",
        "*smiles* Hello!",
        "(smiling) Hello!",
        "[laughs] Hello!",
        "Use `print` here.",
        "<b>Hello</b>",
        "Tutor: Hello!",
        "Yesterday I ___ to the market.",
        "I like it. I like it a lot. I like it.",
        "No no no no, stop.",
        "You can go you can go you can go there.",
        "{name}, hello!",
    ],
)
def test_what_cannot_be_spoken_is_refused(reply: str) -> None:
    assert not FormGate("en").check(reply, context(), whole=False).passed


@pytest.mark.parametrize(
    "reply",
    [
        "Hello! How are you?",
        "It costs 3.50 euros. Is that cheap?",
        "A receipt (the paper from the shop) is useful.",
        "Yesterday I ... to the market?",
        "“Went” is past.",
        "It is very, very cold.",
        "We meet at 5:30. Is that fine?",
        "Well-known people live there.",
        "No, no, no!",
    ],
)
def test_speech_passes(reply: str) -> None:
    result = FormGate("en").check(reply, context(), whole=True)

    assert result.passed, result.reason


def test_only_a_whole_reply_must_be_finished() -> None:
    gate = FormGate("en")

    assert gate.check("When you were there,", context(), whole=False).passed
    assert not gate.check("When you were there,", context(), whole=True).passed
