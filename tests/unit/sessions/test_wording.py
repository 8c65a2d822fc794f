"""What a live session says is in the language of its page."""

import pytest

from sessions.live.wording import page_language, refusal_words, worded
from sessions.turns.messages import MESSAGES
from sessions.wire.client_events import decode_text
from sessions.wire.errors import WireError

LOUD = MESSAGES["audio.clipping"]


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("zh-CN", "zh-hans"),
        ("en-GB", "en"),
        ("xx", "en"),
        ("", "en"),
        ("../de", "en"),
        ("a" * 35, "en"),
    ],
)
def test_a_page_is_spoken_to_in_its_language_else_in_english(
    tag: str, language: str
) -> None:
    assert page_language(tag) == language


def test_words_are_translated_wherever_they_stand_and_nothing_else_is() -> None:
    fields = {
        "code": "audio.clipping",
        "message": LOUD,
        "text": LOUD,
        "turns": [{"pronunciation": {"message": LOUD, "score": 1}}, {"message": ""}],
    }
    told = worded(fields, "de")
    assert told["message"] not in {LOUD, ""}
    assert told["turns"][0]["pronunciation"] == {"message": told["message"], "score": 1}
    assert told["turns"][1] == {"message": ""}
    assert (told["code"], told["text"]) == (fields["code"], LOUD)
    assert worded(fields, "en") == worded(fields, "") == fields


def test_a_refusal_has_its_numbers_in_every_language() -> None:
    with pytest.raises(WireError) as raised:
        decode_text(
            '{"type": "text.submit", "client_id": "a", "text": "%s"}' % ("a" * 2001)
        )
    english = "Please keep it under 2000 characters."
    assert raised.value.message == refusal_words(raised.value, "") == english
    german = refusal_words(raised.value, "de")
    assert "2000" in german
    assert german != english
