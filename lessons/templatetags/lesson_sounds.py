"""What a page says about a sound."""

from __future__ import annotations

from django import template

from ..sounds.library import sound_of
from ..sounds.sound import Sound

register = template.Library()


@register.simple_tag
def sound_entry(phoneme: str, language: str) -> Sound | None:
    """Return what is known of a phoneme: ``{% sound_entry "θ" "en" as entry %}``."""
    return sound_of(language.split("-")[0].lower(), phoneme)


@register.filter
def to_read(sound: Sound) -> str:
    """Return a sound's words as a text to read out."""
    return f"{', '.join(sound.words).capitalize()}."
