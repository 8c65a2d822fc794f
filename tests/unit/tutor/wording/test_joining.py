"""What follows a reaction does not begin with another one."""

from __future__ import annotations

import pytest

from tutor.wording.joining import reacts, without_reaction


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        ("en", "I see. What did you buy?", "What did you buy?"),
        ("en", "Oh, that is far away.", "That is far away."),
        ("en", "That's interesting! Who was there?", "Who was there?"),
        ("en", "Oh, I see. How interesting! And then?", "And then?"),
        ("en", "Yes, I follow you. Please go on.", "Please go on."),
        ("en", "Really? That is late.", "That is late."),
        ("en", "Oh… who was it?", "Who was it?"),
        ("en", "Okay, “market” is a good word.", "“Market” is a good word."),
        ("en", "Thank you for telling me that. Why?", "Why?"),
        ("en", "I see.", ""),
        ("en", "Oh, I see! Great!", ""),
        ("en", "I see what you mean by that.", "I see what you mean by that."),
        ("en", "I see a dog.", "I see a dog."),
        ("en", "That's interesting because it is old.", None),
        ("en", "Oh no! What happened?", None),
        ("en", "Good morning!", None),
        ("en", "What a day!", None),
        ("en", "", None),
        ("en", "!!!", None),
        ("es", "¡Ah, qué interesante! ¿Qué compraste?", "¿Qué compraste?"),
        ("es", "¡Ah, mañana vas a la playa!", "¡Mañana vas a la playa!"),
        ("es", "Vale, ¿y qué más?", "¿Y qué más?"),
        ("fr", "D'accord, je vois. Et après ?", "Et après ?"),
        ("fr", "C'est intéressant ! Et toi ?", "Et toi ?"),
        ("de", "Ach so. Und dann?", "Und dann?"),
        ("en", "Interesting, because it is old.", None),
        ("de", "Das ist interessant, weil du da warst.", None),
        ("it", "Oh, va bene.", None),
    ],
)
def test_reactions_go(language: str, text: str, rest: str | None) -> None:
    assert without_reaction(text, language) == (text if rest is None else rest)


def test_pity_goes_only_where_it_was_said_before() -> None:
    text = "I'm so sorry to hear that. How are you now?"
    assert without_reaction(text, "en") == text
    assert without_reaction(text, "en", "sad") == "How are you now?"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("“Market”, I see. And what else?", True),
        ("What else? I see.", True),
        ("And what do you see, there?", False),
        ("I don't know. I see your dog.", False),
    ],
)
def test_a_reaction_further_on_is_seen(text: str, again: bool) -> None:
    assert reacts(text, "en") is again
