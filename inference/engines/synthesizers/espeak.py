"""espeak-ng: speaks anything at once and sounds like a machine. The last resort."""

from __future__ import annotations

from inference.types.voice import SynthesizerCapabilities, VoiceCapabilities

from .child_voice import ChildVoice

LANGUAGES = ("en", "es", "fr", "de")


class Espeak(ChildVoice):
    """espeak-ng in its process, out of the library that Piper brings."""

    def __init__(self, *, patience_s: float = 15.0) -> None:
        super().__init__(
            "espeak-ng",
            "inference.engines.synthesizers.espeak_voice_process",
            libraries=("piper",),
            install="pip install piper-tts",
            warm_texts=(("Yes.", "en"),),
            patience_s=patience_s,
        )

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """Every language it was tried in, each with the true time of its sounds."""
        voice = VoiceCapabilities(name="espeak-ng", simple=True)
        return SynthesizerCapabilities(dict.fromkeys(LANGUAGES, voice))
