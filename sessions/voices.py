"""Which voice a language has here, and what learners are told of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from inference.conf import engine_name, get_engine
from inference.errors import StageError
from inference.phonetics.inventory import primary_tag
from inference.protocols import SpeechSynthesizer
from inference.stages.stage import EngineKind
from inference.types.voice import VoiceCapabilities


def voice_of(language: str) -> VoiceCapabilities | None:
    """Return the voice that would speak a language now, None where there is none."""
    try:
        synthesizer: SpeechSynthesizer = get_engine(EngineKind.SYNTHESIZER)
        return synthesizer.capabilities.voices.get(primary_tag(language))
    except StageError:
        return None


def voice_name(language: str) -> str:
    """Return what tells the voice of a language from every other one."""
    voice = voice_of(language)
    return f"{engine_name(EngineKind.SYNTHESIZER)} {voice.name if voice else ''}"


def voice_note(language: str) -> str:
    """Return what a learner should know of the voice, ``""`` where it speaks well."""
    voice = voice_of(language)
    if voice is None:
        return _(
            "There is no voice for this language here yet: you can read the words."
        )
    if voice.simple:
        return _(
            "Simple voice: you hear that it is a machine. The words are right; "
            "for the melody of the language, listen to people."
        )
    return ""
