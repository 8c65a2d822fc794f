"""The real voices of Spanish, French and German: understood, timed, and each in its place."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import soxr
from django.conf import settings

from bench.words_heard import words_wrong
from inference.engines.synthesizers.espeak import Espeak
from inference.engines.synthesizers.kokoro import Kokoro
from inference.engines.synthesizers.pico import Pico
from inference.engines.synthesizers.voices import Voices
from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.errors import EngineUnavailable
from inference.protocols import SpeechSynthesizer
from inference.registry import ENGINES
from inference.types.audio import AudioClip
from inference.types.speech import SpeechChunk, SynthesisRequest, TranscribeRequest
from inference.types.voice import SoundTimes
from inference.verification.contracts import CONTRACTS
from inference.verification.material import Material

from .conftest import model_dir

pytestmark = pytest.mark.engine("piper")

SENTENCES = {
    "es": (
        "Buenos días, me llamo Carmen y vivo en Madrid.",
        "Mi hermano tiene una casa grande cerca de la playa.",
    ),
    "fr": (
        "Bonjour, je m'appelle Anne et j'habite à Paris.",
        "Nous avons mangé une bonne soupe avec du pain.",
    ),
    "de": (
        "Guten Tag, ich heiße Anna und wohne in Berlin.",
        "Heute Abend gehen wir mit den Kindern ins Kino.",
    ),
}
SHORT = {"es": "Me llamo Ana.", "fr": "Je m'appelle Anne.", "de": "Ich heiße Anna."}
_said: dict[tuple[object, str], list[SpeechChunk]] = {}


@pytest.fixture(scope="module")
def kokoro() -> Iterator[Kokoro]:
    """The Spanish voice."""
    engine = Kokoro(model_dir=model_dir("kokoro-82m-int8"))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def pico() -> Iterator[Pico]:
    """The French and German voices."""
    engine = Pico()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def espeak() -> Iterator[Espeak]:
    """The voice of last resort."""
    engine = Espeak()
    yield engine
    engine.close()


def speak(engine: SpeechSynthesizer, text: str, language: str) -> list[SpeechChunk]:
    """Say a text, once for all tests: a neural voice takes seconds."""
    if (engine, text) not in _said:
        request = SynthesisRequest(text, language=language)
        _said[engine, text] = list(engine.synthesize(request, cancelled=Event()))
    return _said[engine, text]


def error_rate(
    engine: SpeechSynthesizer, whisper: FasterWhisper, language: str
) -> float:
    """Return the share of words that the recogniser heard otherwise."""
    wrong = words = 0
    for text in SENTENCES[language]:
        chunks = speak(engine, text, language)
        rate_hz = chunks[0].clip.sample_rate_hz
        sound = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
        clip = AudioClip.from_float32(
            np.asarray(soxr.resample(sound, rate_hz, 16_000), np.float32), 16_000
        )
        request = TranscribeRequest(clip, language=language)
        heard = whisper.transcribe(request, cancelled=Event()).text
        found = words_wrong(text, heard, language)
        wrong, words = wrong + found[0], words + found[1]
    return wrong / words


# A recogniser's own mistakes are in it: the bounds are for a voice that is broken.
@pytest.mark.parametrize(
    ("name", "language", "most"),
    [
        ("kokoro", "es", 0.2),
        ("pico", "es", 0.2),
        ("pico", "fr", 0.25),
        ("pico", "de", 0.2),
    ],
)
def test_a_recogniser_understands_each_voice(
    name: str,
    language: str,
    most: float,
    whisper: FasterWhisper,
    request: pytest.FixtureRequest,
) -> None:
    engine = request.getfixturevalue(name)
    assert error_rate(engine, whisper, language) <= most


@pytest.mark.parametrize(
    ("name", "language"), [("kokoro", "es"), ("pico", "fr"), ("espeak", "de")]
)
def test_each_voice_keeps_the_contract(
    name: str, language: str, request: pytest.FixtureRequest
) -> None:
    engine = request.getfixturevalue(name)
    material = Material.silent(SHORT[language], language)
    for check in CONTRACTS["synthesizer"]:
        check.run(engine, material)


@pytest.mark.parametrize(
    ("name", "language"),
    [("kokoro", "es"), ("pico", "fr"), ("pico", "de"), ("espeak", "fr")],
)
def test_every_word_has_its_place(
    name: str, language: str, request: pytest.FixtureRequest
) -> None:
    for text in SENTENCES[language]:
        chunks = speak(request.getfixturevalue(name), text, language)
        words = [word for chunk in chunks for word in chunk.words]
        assert [word.text for word in words] == text.split()
        assert all(word.end_ms > word.start_ms for word in words)


def test_sounds_are_those_of_the_language(espeak: Espeak, pico: Pico) -> None:
    (said,) = speak(espeak, "Brötchen", "de")
    assert {"øː", "ç"} <= {span.phoneme for span in said.phonemes}
    (said,) = speak(pico, "un bon vin", "fr")
    assert {"ɔ̃", "v"} <= {span.phoneme for span in said.phonemes}


def test_the_lips_of_a_laid_over_timeline_close_when_the_voice_does(
    pico: Pico,
) -> None:
    (said,) = speak(pico, "papa", "fr")
    samples = np.abs(said.clip.as_float32())
    rate_hz = said.clip.sample_rate_hz
    levels: dict[str, list[float]] = {}
    for span in said.phonemes:
        first, last = (int(ms * rate_hz / 1000) for ms in (span.start_ms, span.end_ms))
        level = float(np.median(samples[first:last]))
        levels.setdefault(span.phoneme, []).append(level)
    assert levels["p"][-1] < 0.2 * min(levels["a"])
    assert pico.capabilities.voices["fr"].sound_times is SoundTimes.ESTIMATED


def test_a_text_that_kills_the_voice_is_one_error_and_the_next_is_spoken(
    espeak: Espeak,
) -> None:
    speak(espeak, "Eins.", "de")
    assert espeak.pid is not None
    os.kill(espeak.pid, signal.SIGKILL)
    assert speak(espeak, "Zwei.", "de")


def test_the_settings_speak_every_language_without_a_hub(
    whisper: FasterWhisper,
) -> None:
    def no_hub(name: str) -> Path:
        if name.startswith("piper") and "en_US" not in name:
            raise EngineUnavailable("model.missing", "there is no hub")
        return model_dir(name)

    options = settings.INFERENCE["ENGINES"]["synthesizer"]["OPTIONS"]
    voices = ENGINES.create(
        "synthesizer", "voices", {**options, "fetch_in_background": False}, no_hub
    )
    assert isinstance(voices, Voices)
    try:
        assert voices.capabilities.voices["fr"].name == "pico"
        assert voices.capabilities.voices["fr"].simple
        assert not voices.capabilities.voices["en"].simple
        assert error_rate(voices, whisper, "fr") <= 0.25
    finally:
        voices.close()
