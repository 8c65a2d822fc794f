"""What the tutor says in ``make bench-face``: thirty sentences by the configured voice."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from inference.conf import get_engine
from inference.stages.stage import EngineKind
from inference.types.audio import AudioClip
from inference.types.speech import PhonemeSpan, SpeechChunk, SynthesisRequest

# Sounds of the lips, open vowels and pauses in each.
SENTENCES = (
    "Maybe we can meet at the market, before my brother arrives.",
    "What a beautiful morning! Have you had your breakfast?",
    "My father bought a piano, but he never plays it.",
    "Please pass me the pepper, and a bit more butter.",
    "I'm happy to hear that. Who helped you with the move?",
    "If I were you, I would book a table for five people.",
    "The baby laughed, and everybody in the bus smiled.",
    "Remember: a problem may become an opportunity.",
    "Which film did you prefer, the first or the last one?",
    "My favourite part of the map is the top, with the mountains.",
    "We have to pay the bill. Do you have the number of the bank?",
    "Stop for a moment, and breathe in slowly.",
    "She put the big box behind the door, far from the fire.",
    "Are you afraid of flying, or is it the airport?",
    "Open your book at page five. What do you see?",
    "I hope that it won't rain, because I forgot my umbrella.",
    "Perhaps you could improve it by adding an example.",
    "That's very kind of you. Thank you for the flowers!",
    "Both of them work as volunteers in a public library.",
    "My phone is broken, so I can't call my mother.",
    "How much time do you spend with your family?",
    "The water was warm, and the beach was almost empty.",
    "Before the war, people lived on farms in this valley.",
    "Would you mind moving your bag? Somebody wants to sit here.",
    "Of course, but first tell me about your job.",
    "I've heard that the soup is wonderful here.",
    "Imagine that you win a million pounds. What happens next?",
    "Probably the most important word is the verb.",
    "Give me five minutes, and I'll be back with a map.",
    "Well done! Now let's talk about your plans for summer.",
)
# The reply goes on for so long in silence.
TAIL_MS = 600.0


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as speech; its clip ends with ``TAIL_MS`` of silence."""

    text: str
    speech: SpeechChunk


def spoken_lines(count: int) -> list[Line]:
    """Return the first sentences as the configured voice says them."""
    voice = get_engine(EngineKind.SYNTHESIZER)
    lines = []
    for text in SENTENCES[:count]:
        request = SynthesisRequest(text)
        chunks = list(voice.synthesize(request, cancelled=threading.Event()))
        lines.append(Line(text, _joined(chunks)))
    return lines


def _joined(chunks: list[SpeechChunk]) -> SpeechChunk:
    rate_hz = chunks[0].clip.sample_rate_hz
    sound: list[bytes] = []
    spans: list[PhonemeSpan] = []
    at_ms = 0.0
    for chunk in chunks:
        sound.append(chunk.clip.pcm)
        spans += [
            PhonemeSpan(s.phoneme, s.start_ms + at_ms, s.end_ms + at_ms)
            for s in chunk.phonemes
        ]
        at_ms += chunk.clip.duration_ms
    silence = np.zeros(int(rate_hz * TAIL_MS / 1000), "<i2").tobytes()
    return SpeechChunk(AudioClip(b"".join([*sound, silence]), rate_hz), tuple(spans))
