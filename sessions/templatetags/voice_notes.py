"""What pages say of the voice of a language."""

from __future__ import annotations

from django import template

from ..voices import voice_note

register = template.Library()


@register.simple_tag(name="voice_note")
def voice_note_of(language: str) -> str:
    """Return what to know of a language's voice: ``{% voice_note "fr" as note %}``."""
    return voice_note(language)
