"""What every synthesizer keeps to."""

from __future__ import annotations

from itertools import pairwise
from threading import Event

from inference.protocols import SpeechSynthesizer
from inference.types.speech import SpeechChunk, SynthesisRequest

from .checks import Check, expect
from .material import Material, cancelled

_SPEEDS = (1.0, 0.75)
# A clip is whole samples, a phoneme need not be.
_ROUNDING_MS = 1.0


def _speak(
    engine: SpeechSynthesizer, material: Material, speed: float
) -> list[SpeechChunk]:
    request = SynthesisRequest(material.text, speed, material.language)
    return list(engine.synthesize(request, cancelled=Event()))


def _covers_sound(engine: SpeechSynthesizer, material: Material) -> None:
    for speed in _SPEEDS:
        chunks = _speak(engine, material, speed)
        expect(bool(chunks), "nothing was said")
        expect(len({c.clip.sample_rate_hz for c in chunks}) == 1, "the rate changes")
        for chunk in chunks:
            _check_phonemes(chunk)


def _knows_its_words(engine: SpeechSynthesizer, material: Material) -> None:
    at, until_ms = 0, 0.0
    for chunk in _speak(engine, material, 1.0):
        for word in chunk.words:
            place = material.text.find(word.text, at)
            expect(place >= 0, "a word is not of the text, or out of order")
            expect(until_ms <= word.start_ms <= word.end_ms, "words overlap")
            at, until_ms = place + len(word.text), word.end_ms
        inside = until_ms <= chunk.clip.duration_ms + _ROUNDING_MS
        expect(inside, "a word ends after the clip")
        until_ms = 0.0


def _check_phonemes(chunk: SpeechChunk) -> None:
    spans = chunk.phonemes
    expect(any(span.phoneme for span in spans), "there are no phonemes")
    expect(spans[0].start_ms == 0, "the first phoneme does not begin with the clip")
    late_ms = abs(spans[-1].end_ms - chunk.clip.duration_ms)
    expect(late_ms <= _ROUNDING_MS, "the last phoneme does not end with the clip")
    for one, following in pairwise(spans):
        gap_ms = abs(one.end_ms - following.start_ms)
        expect(gap_ms < 1e-6, "two phonemes overlap or leave a gap")


def _speaks_slower(engine: SpeechSynthesizer, material: Material) -> None:
    plain, slow = (
        sum(chunk.clip.duration_ms for chunk in _speak(engine, material, speed))
        for speed in _SPEEDS
    )
    expect(slow > 1.1 * plain, f"slow is {slow:.0f} ms, plain {plain:.0f} ms")


def _stops(engine: SpeechSynthesizer, material: Material) -> None:
    request = SynthesisRequest(material.text, language=material.language)
    said = list(engine.synthesize(request, cancelled=cancelled()))
    expect(said == [], "a cancelled call spoke")


def _knows_the_language(engine: SpeechSynthesizer, material: Material) -> None:
    voices = engine.capabilities.voices
    expect(material.language in voices, f"there is no voice of {material.language}")


CHECKS = (
    Check("has a voice of the language", _knows_the_language),
    Check("covers its sound with phonemes", _covers_sound),
    Check("places words in order inside its sound, if at all", _knows_its_words),
    Check("takes longer when slower", _speaks_slower),
    Check("says nothing once cancelled", _stops),
)
