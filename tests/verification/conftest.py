"""Real engines, loaded once for all tests of this folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import soxr

from inference.engines.dialogue.llama_cpp import LlamaCpp
from inference.engines.synthesizers.piper import Piper
from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import (
    PhonemeSpan,
    SpeechChunk,
    SynthesisRequest,
    WordSpan,
)

MODELS = Path(
    os.environ.get("TUTOR_MODELS_DIR", Path.home() / ".cache/tutorplatform/models")
)
Say = Callable[[str], FloatSamples]


def model_dir(name: str) -> Path:
    """Return a model's folder; the test is skipped where the weights are not."""
    folder = MODELS / name
    if not folder.is_dir():
        pytest.skip(f"weights of {name} are not here: make fetch-models")
    return folder


@pytest.fixture(scope="session")
def piper() -> Iterator[Piper]:
    """The English voice."""
    engine = Piper(model_dir=model_dir("piper-en_US-joe-medium"))
    engine.warm()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def whisper() -> Iterator[FasterWhisper]:
    """The default transcriber."""
    engine = FasterWhisper(model_dir=model_dir("whisper-base"))
    engine.warm()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def llama() -> Iterator[LlamaCpp]:
    """The smallest language model, with two slots."""
    engine = LlamaCpp(model_dir=model_dir("smollm2-135m-instruct-q4_1"), slots=2)
    engine.warm()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def steady_voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Piper]:
    """The English voice without chance: the same text always sounds the same."""
    folder = tmp_path_factory.mktemp("steady-voice")
    for file in model_dir("piper-en_US-joe-medium").iterdir():
        if file.name.endswith(".onnx.json"):
            config = json.loads(file.read_text("utf-8"))
            config["inference"] |= {"noise_scale": 0.0, "noise_w": 0.0}
            (folder / file.name).write_text(json.dumps(config), "utf-8")
        else:
            (folder / file.name).symlink_to(file)
    engine = Piper(model_dir=folder)
    engine.warm()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def say(steady_voice: Piper) -> Say:
    """Speech at 16 kHz, as a microphone would give it."""

    def speak(text: str) -> FloatSamples:
        request = SynthesisRequest(text)
        chunks = list(steady_voice.synthesize(request, cancelled=Event()))
        rate_hz = chunks[0].clip.sample_rate_hz
        whole = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
        return np.asarray(soxr.resample(whole, rate_hz, 16_000), np.float32)

    return speak


def clip(samples: FloatSamples) -> AudioClip:
    """Return samples at 16 kHz as a clip."""
    return AudioClip.from_float32(samples, 16_000)


def joined(chunks: Sequence[SpeechChunk]) -> SpeechChunk:
    """Return what was said in one chunk, as it is heard."""
    phonemes: list[PhonemeSpan] = []
    words: list[WordSpan] = []
    at_ms = 0.0
    for chunk in chunks:
        for span in chunk.phonemes:
            start_ms = span.start_ms + at_ms
            if phonemes and span.phoneme == phonemes[-1].phoneme == "":
                start_ms = phonemes.pop().start_ms
            phonemes.append(PhonemeSpan(span.phoneme, start_ms, span.end_ms + at_ms))
        words += [
            WordSpan(word.text, word.start_ms + at_ms, word.end_ms + at_ms)
            for word in chunk.words
        ]
        at_ms += chunk.clip.duration_ms
    pcm = b"".join(chunk.clip.pcm for chunk in chunks)
    sound = AudioClip(pcm, chunks[0].clip.sample_rate_hz)
    return SpeechChunk(sound, tuple(phonemes), tuple(words))
