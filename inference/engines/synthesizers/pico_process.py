"""Pico in a process of its own, with espeak-ng beside it to tell when its sounds are.

Pico is Apache-2.0, espeak-ng GPL-3: see ``clause_times``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from inference.engines.synthesizers.clause_times import ClauseTimes
from inference.engines.synthesizers.espeak_library import from_pcm
from inference.engines.synthesizers.piper_phonemes import Counted
from inference.engines.synthesizers.sentences import clauses
from inference.engines.synthesizers.sound_times import loud_part
from inference.engines.synthesizers.voice_program import run
from inference.types.audio import FloatSamples

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
        self._times = ClauseTimes()

    def speak(
        self, text: str, language: str, speed: float
    ) -> Iterator[tuple[FloatSamples, list[Counted]]]:
        """Yield each clause with estimated times of its sounds."""
        for clause in clauses(text, at_least=_CLAUSE_LETTERS):
            raw = self._pico.speak(clause, voice=_VOICES[language], speed=_PACE * speed)
            sound = _trimmed(from_pcm(raw))
            if sound.size:
                times = self._times.of(clause, language, speed, sound, self.rate_hz)
                yield sound, times

    def sounds_of(self, word: str, language: str) -> Sequence[str]:
        """Return the sounds of a word by itself."""
        return self._times.sounds_of(word, language)


def _trimmed(sound: FloatSamples) -> FloatSamples:
    """Leave out the long silence around a clause: pauses are made elsewhere."""
    if not sound.size:
        return sound
    first, last = loud_part(sound, PicoVoice.rate_hz)
    return sound[max(0, first - _EDGE_SAMPLES) : last + _EDGE_SAMPLES]


if __name__ == "__main__":
    run(PicoVoice())
