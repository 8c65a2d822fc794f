"""Pico in a process of its own, with espeak-ng beside it to tell when its sounds are.

Pico says nothing of its sounds. espeak-ng says the same sentence, silently, and knows;
that timeline is laid over Pico's (``time_warp``). Without espeak-ng letters stand in.
Pico is Apache-2.0, espeak-ng GPL-3: see ``espeak_library``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from inference.engines.synthesizers.espeak_library import EspeakVoice, from_pcm
from inference.engines.synthesizers.piper_phonemes import Counted
from inference.engines.synthesizers.sentences import clauses
from inference.engines.synthesizers.sound_times import (
    by_letters,
    laid_over,
    letters_of,
    loud_part,
)
from inference.engines.synthesizers.voice_program import run
from inference.types.audio import FloatSamples

logger = logging.getLogger(__name__)

_VOICES = {"en": "en-US", "es": "es-ES", "fr": "fr-FR", "de": "de-DE", "it": "it-IT"}
# Pico's own pace is a newsreader's.
_PACE = 0.92
_CLAUSE_LETTERS = 60
_EDGE_SAMPLES = 480


class PicoVoice:
    """Pico's five languages."""

    rate_hz = 16_000

    def __init__(self) -> None:
        from py_nanotts import NanoTTS

        self._pico: Any = NanoTTS()
        try:
            self._times: EspeakVoice | None = EspeakVoice()
        except SystemExit:
            logger.warning("No espeak-ng: the mouth follows letters, not sounds")
            self._times = None

    def speak(
        self, text: str, language: str, speed: float
    ) -> Iterator[tuple[FloatSamples, list[Counted]]]:
        """Yield each clause with estimated times of its sounds."""
        for clause in clauses(text, at_least=_CLAUSE_LETTERS):
            raw = self._pico.speak(clause, voice=_VOICES[language], speed=_PACE * speed)
            sound = _trimmed(from_pcm(raw))
            if not sound.size:
                continue
            if self._times is None:
                yield sound, by_letters(clause, sound, self.rate_hz)
                continue
            model, codes = self._times.say(clause, language, speed)
            model_hz = self._times.rate_hz
            if model.size:
                yield sound, laid_over(codes, model, model_hz, sound, self.rate_hz)
            else:
                yield sound, by_letters(clause, sound, self.rate_hz)

    def sounds_of(self, word: str, language: str) -> Sequence[str]:
        """Return the sounds of a word by itself."""
        if self._times is None:
            return letters_of(word)
        return self._times.sounds_of(word, language)


def _trimmed(sound: FloatSamples) -> FloatSamples:
    """Leave out the long silence around a clause: pauses are made elsewhere."""
    if not sound.size:
        return sound
    first, last = loud_part(sound, PicoVoice.rate_hz)
    return sound[max(0, first - _EDGE_SAMPLES) : last + _EDGE_SAMPLES]


if __name__ == "__main__":
    run(PicoVoice())
