"""What every transcriber keeps to."""

from __future__ import annotations

from itertools import pairwise
from threading import Event

from inference.protocols import Transcriber
from inference.types.speech import TranscribeRequest, Transcript

from .checks import Check, expect
from .material import Material, cancelled


def _hear(engine: Transcriber, material: Material, *, partial: bool) -> Transcript:
    request = TranscribeRequest(
        material.speech, language=material.language, partial=partial
    )
    heard = engine.transcribe(request, cancelled=Event())
    expect(isinstance(heard, Transcript), "the result is no transcript")
    expect(
        heard.text == heard.text.strip() != "", "nothing was heard, or blanks around"
    )
    known = engine.capabilities.languages
    expect(heard.language in known, f"{heard.language!r} is no language of it")
    for name in ("confidence", "no_speech_probability"):
        expect(0 <= getattr(heard, name) <= 1, f"{name} is outside 0 to 1")
    expect(heard.features is None, "features came without being asked for")
    return heard


def _hears_words(engine: Transcriber, material: Material) -> None:
    heard = _hear(engine, material, partial=False)
    expect(engine.capabilities.word_times, "words have no times")
    words = heard.words
    expect(
        [w.text.strip() for w in words] == heard.text.split(), "words are not the text"
    )
    expect(all(0 <= w.confidence <= 1 for w in words), "a confidence outside 0 to 1")
    expect(words[0].start_ms >= 0, "a word begins before the clip")
    end_ms = material.speech.duration_ms
    expect(words[-1].end_ms <= end_ms + 1e-6, "a word ends after the clip")
    expect(all(w.start_ms <= w.end_ms for w in words), "a word ends before it begins")
    for one, following in pairwise(words):
        expect(one.end_ms <= following.start_ms + 1e-6, "two words overlap")


def _looks_quickly(engine: Transcriber, material: Material) -> None:
    heard = _hear(engine, material, partial=True)
    expect(heard.words == (), "a partial has words")


def _stops(engine: Transcriber, material: Material) -> None:
    request = TranscribeRequest(material.speech, language=material.language)
    heard = engine.transcribe(request, cancelled=cancelled())
    expect((heard.text, heard.words) == ("", ()), "a cancelled call heard something")


CHECKS = (
    Check("hears words with times", _hears_words),
    Check("gives text only for a partial", _looks_quickly),
    Check("hears nothing once cancelled", _stops),
)
