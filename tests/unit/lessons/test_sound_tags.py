"""What pages say about a sound."""

from __future__ import annotations

from django.template import Context, Template


def _render(phoneme: str, language: str) -> str:
    source = (
        "{% load lesson_sounds %}{% sound_entry phoneme language as entry %}"
        "{% if entry %}{{ entry.example }}|{{ entry|to_read }}{% else %}-{% endif %}"
    )
    context = Context({"phoneme": phoneme, "language": language})
    return Template(source).render(context)


def test_a_sound_has_its_example_and_words_to_read() -> None:
    assert _render("θ", "en-GB") == "think|Think, three, birthday, month, both."


def test_an_unknown_sound_has_nothing() -> None:
    assert _render("ǃ", "en") == "-"
    assert _render("a", "tlh") == "-"
