"""Pico: small voices of recorded speech, quick and understandable, not natural."""

from __future__ import annotations

from inference.types.voice import (
    SoundTimes,
    SynthesizerCapabilities,
    VoiceCapabilities,
)

from .child_voice import ChildVoice

LANGUAGES = ("en", "es", "fr", "de", "it")


class Pico(ChildVoice):
    """Pico in its process. Its sounds are timed by espeak-ng's, laid over its own."""

    def __init__(self, *, patience_s: float = 15.0) -> None:
        super().__init__(
            "Pico",
            "inference.engines.synthesizers.pico_process",
            libraries=("py_nanotts",),
            install="pip install py-nanotts",
            warm_texts=(("Guten Tag.", "de"),),
            patience_s=patience_s,
        )

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """Its languages; the times of sounds are estimates."""
        voice = VoiceCapabilities(
            name="pico", simple=True, sound_times=SoundTimes.ESTIMATED
        )
        return SynthesizerCapabilities(dict.fromkeys(LANGUAGES, voice))
