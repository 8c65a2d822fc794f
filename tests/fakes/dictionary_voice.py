"""A voice for page tests: the dictionary's sounds of a word, each told with its time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from inference.phonetics.features import FEATURES, Manner
from inference.phonetics.inventory import from_arpabet
from inference.phonetics.lexicon.dictionary import Dictionary
from inference.protocols import Cancelled
from inference.types.audio import AudioClip
from inference.types.speech import PhonemeSpan, SpeechChunk, SynthesisRequest
from inference.types.voice import SynthesizerCapabilities, VoiceCapabilities

RATE_HZ = 22_050
EDGE_MS = 60.0
VOWEL_MS = 150.0
CONSONANT_MS = 95.0


class DictionaryVoice:
    """Buzzes vowels, hisses fricatives and bursts plosives of known English words."""

    def __init__(self) -> None:
        self._dictionary = Dictionary()
        self._random = np.random.default_rng(7)

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """English."""
        return SynthesizerCapabilities({"en": VoiceCapabilities(name="dictionary")})

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Return one chunk; letters stand in for what the dictionary does not know."""
        names = ["", *self._phonemes(request.text), ""]
        spans, parts, at_ms = [], [], 0.0
        for name in names:
            ms = _length_ms(name) / request.speed
            spans.append(PhonemeSpan(name, at_ms, at_ms + ms))
            parts.append(self._sound(name, round(ms * RATE_HZ / 1000)))
            at_ms += ms
        clip = AudioClip.from_float32(np.concatenate(parts), RATE_HZ)
        yield SpeechChunk(clip=clip, phonemes=tuple(spans))

    def _phonemes(self, text: str) -> list[str]:
        found: list[str] = []
        for word in text.lower().split():
            bare = word.strip(".,!?")
            listed = self._dictionary.pronunciations(bare)
            found += (
                [from_arpabet(phone)[0] for phone in listed[0]]
                if listed
                else list(bare)
            )
        return found

    def _sound(self, name: str, n: int) -> npt.NDArray[np.float32]:
        features = FEATURES.get(name)
        if features is None:
            return np.zeros(n, np.float32)
        t = np.arange(n) / RATE_HZ
        hum = sum(np.sin(2 * np.pi * 130 * k * t) / k for k in range(1, 9))
        noise = self._random.standard_normal(n)
        level = np.sin(np.linspace(0.15, np.pi - 0.15, n)) ** 0.5
        if features.manner is Manner.PLOSIVE:
            level = np.where(np.arange(n) > 0.65 * n, np.linspace(3.5, 0, n), 0.0)
            made = 0.12 * noise * level
        elif features.manner in (Manner.FRICATIVE, Manner.AFFRICATE):
            made = (0.05 * noise + 0.06 * hum * features.voiced) * level
        else:
            made = (0.22 if features.vowel else 0.12) * hum * level
        return np.asarray(made, dtype=np.float32)


def _length_ms(name: str) -> float:
    if name == "":
        return EDGE_MS
    features = FEATURES.get(name)
    return VOWEL_MS if features and features.vowel else CONSONANT_MS
