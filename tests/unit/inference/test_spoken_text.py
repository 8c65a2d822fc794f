"""What of a written reply is said aloud."""

from __future__ import annotations

import pytest

from inference.engines.synthesizers.spoken_text import spoken_text


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("That is **great**!", "That is great!"),
        ("Well done 🎉 Mina 👩🏽‍🏫.", "Well done Mina."),
        ("<b>Bold</b> &amp; <i>brave</i>", "Bold and brave"),
        ("See https://example.com/a?b=1 now.", "See example.com now."),
        ("- first\n- second", "first second"),
        ("Read [this page](http://x.y/z).", "Read this page."),
        ("Really?!", "Really?"),
        ("Wait... what", "Wait. what"),
        ("He paid $5.50 — twice.", "He paid $5.50, twice."),
        ("Dr. Smith met Mrs. Jones, e.g. at 5 p.m.", "Doctor Smith met Missus Jones, for example at 5 P M"),
        ("\u202eabc\u202c def", "abc def"),
        ("don’t “worry”", 'don\'t "worry'),
        ("[[h@loU]]", "h@loU"),
        ("¿Qué tal?", "¿Qué tal?"),
        ("你好。", "你好。"),
    ],
)  # fmt: skip
def test_markup_goes_and_words_stay(written: str, spoken: str) -> None:
    assert spoken_text(written) == spoken


@pytest.mark.parametrize(
    "written", ["", " \n", "😀", "***", "\u200f\u202e", "...", "<br>"]
)
def test_nothing_to_say_is_empty(written: str) -> None:
    assert spoken_text(written) == ""
