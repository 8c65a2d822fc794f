"""What engines are tried on: a sentence, said, and a picture of who says it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event

from inference.types.audio import AudioClip
from inference.types.speech import PhonemeSpan, SpeechChunk, Transcript, Word

SENTENCE = "My brother bought a map."


@dataclass(frozen=True, slots=True)
class Material:
    """A clip of 16 kHz speech and the text that is said in it.

    ``picture`` is a file of one face, for engines that look at pictures, and ``avatar`` the
    key of a built-in head; each may be empty.
    """

    speech: AudioClip
    text: str = SENTENCE
    language: str = "en"
    avatar: str = ""
    picture: bytes = b""

    @classmethod
    def silent(cls, text: str, language: str) -> Material:
        """Return a text without its sound, for engines that do not listen."""
        return cls(AudioClip(bytes(2 * 16_000), 16_000), text, language)

    @property
    def heard(self) -> Transcript:
        """What a good recogniser would write, its words spread over the clip."""
        words = self.text.split()
        step = self.speech.duration_ms / max(1, len(words))
        return Transcript(
            text=self.text,
            words=tuple(
                Word(word, i * step, (i + 1) * step, 0.9)
                for i, word in enumerate(words)
            ),
            language=self.language,
            confidence=0.9,
            no_speech_probability=0.05,
        )


def cancelled() -> Event:
    """Return what a caller who no longer wants the result hands over."""
    event = Event()
    event.set()
    return event


def hum() -> SpeechChunk:
    """Return half a second of nothing that is said to be /bam/."""
    spans = tuple(
        PhonemeSpan(phoneme, 100.0 * i, 100.0 * (i + 1))
        for i, phoneme in enumerate(["", "b", "a", "m", ""])
    )
    return SpeechChunk(AudioClip(bytes(16_000), 16_000), spans)
