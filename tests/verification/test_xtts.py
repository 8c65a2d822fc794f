"""XTTS by its real library, at a tiny random size: `make test-xtts`.

The tests run where the project's tests do; the engine's program and what writes the tiny
weights run in the environment of ``scripts/xtts_environment.py``.
"""

from __future__ import annotations

import subprocess
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer

import numpy as np
import pytest

from inference.engines.synthesizers.xtts import LANGUAGES, Xtts
from inference.errors import StageError
from inference.registry import create_engine
from inference.types.speech import SpeechChunk, SynthesisRequest
from inference.verification.checks import Check
from inference.verification.contracts import CONTRACTS
from inference.verification.material import Material
from scripts.dev_environment import ROOT
from scripts.xtts_environment import FOLDER, PYTHON

pytestmark = [
    pytest.mark.engine("xtts"),
    pytest.mark.skipif(
        not (FOLDER / ".installed").is_file(),
        reason="coqui-tts is not installed: make test-xtts",
    ),
]
KEY = "0f" * 16
TEXTS = {
    "ar": "مرحبا", "hi": "नमस्ते", "ja": "こんにちは、友達。", "ko": "안녕하세요",
    "ru": "Привет", "zh": "你好，我的朋友。",
}  # fmt: skip


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of tiny weights."""
    folder = tmp_path_factory.mktemp("xtts")
    command: list[str | Path] = [PYTHON, "-m", "tests.verification.tiny_xtts", folder]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of people's voices, with one of them."""
    folder = tmp_path_factory.mktemp("voices")
    noise = np.random.default_rng(4).normal(0, 3_000, 7 * 16_000).astype("<i2")
    with wave.open(str(folder / f"{KEY}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(noise.tobytes())
    return folder


@pytest.fixture(scope="module")
def xtts(weights: Path, voices: Path) -> Iterator[Xtts]:
    """The engine, warm."""
    options = {
        "model_dir": str(weights),
        "voices_dir": str(voices),
        "device": "cpu",
        "python": str(PYTHON),
        "chunk_tokens": 8,
        "patience_s": 120.0,
    }
    engine = create_engine("synthesizer", "xtts", options, Path)
    assert isinstance(engine, Xtts)
    engine.warm()
    yield engine
    engine.close()


def said(
    engine: Xtts, text: str = "A map!", voice: str = "", language: str = "en"
) -> list[SpeechChunk]:
    request = SynthesisRequest(text, language=language, voice=voice)
    return list(engine.synthesize(request, cancelled=Event()))


def alike(one: SpeechChunk, other: SpeechChunk) -> bool:
    """Return whether two sounds differ by the rounding of threads only."""
    first, second = one.clip.as_float32(), other.clip.as_float32()
    return first.size == second.size and bool(np.allclose(first, second, atol=0.01))


@pytest.mark.parametrize(
    "check", CONTRACTS["synthesizer"], ids=lambda each: each.name.replace(" ", "-")
)
def test_it_keeps_the_contract_of_voices(xtts: Xtts, check: Check) -> None:
    check.run(xtts, Material.silent("My brother bought a map.", "en"))


def test_each_sentence_is_a_chunk_at_24_khz_with_its_words(xtts: Xtts) -> None:
    chunks = said(xtts, "My brother bought a map. He lost it.")
    assert [chunk.clip.sample_rate_hz for chunk in chunks] == [24_000] * 2
    assert [word.text for word in chunks[1].words] == ["He", "lost", "it."]


@pytest.mark.parametrize("language", TEXTS)
def test_other_scripts_are_spoken_with_times(xtts: Xtts, language: str) -> None:
    chunks = said(xtts, TEXTS[language], language=language)
    assert any(span.phoneme for chunk in chunks for span in chunk.phonemes)
    assert language in LANGUAGES


def test_a_persons_voice_is_computed_once_kept_and_goes_with_its_clip(
    xtts: Xtts, voices: Path
) -> None:
    own, theirs = said(xtts)[0], said(xtts, voice=KEY)[0]
    assert not alike(theirs, own)
    (kept,) = voices.glob(f"{KEY}.*.npz")
    made_at = kept.stat().st_mtime_ns
    assert alike(said(xtts, voice=KEY)[0], theirs)
    assert kept.stat().st_mtime_ns == made_at
    clip = (voices / f"{KEY}.wav").read_bytes()
    for file in voices.glob(f"{KEY}.*"):
        file.unlink()
    # Taken back: from the next clause on the model's own voice speaks.
    assert alike(said(xtts, voice=KEY)[0], own)
    (voices / f"{KEY}.wav").write_bytes(clip)


def test_who_no_longer_listens_frees_the_model_within_a_piece(xtts: Xtts) -> None:
    gone = Event()
    text = "My brother bought a map of the town where he was born, and lost it again."
    Timer(0.3, gone.set).start()
    request = SynthesisRequest(text)
    assert list(xtts.synthesize(request, cancelled=gone)) == []
    began = time.monotonic()
    assert said(xtts, "A map!")
    plain = time.monotonic()
    assert said(xtts, "A map!")
    # The one after waits for at most a piece of the one that was stopped.
    assert plain - began < 2.5 * (time.monotonic() - plain) + 2.0


def test_half_precision_speaks_too(weights: Path) -> None:
    engine = Xtts(
        model_dir=weights, device="cpu", dtype="bfloat16", python=str(PYTHON),
        patience_s=120.0,
    )  # fmt: skip
    try:
        assert said(engine)
    finally:
        engine.close()


def test_a_device_that_is_not_there_is_told(weights: Path) -> None:
    engine = Xtts(model_dir=weights, device="cuda:7", python=str(PYTHON))
    with pytest.raises(StageError) as told:
        engine.warm()
    assert told.value.code == "tts.failed"
    engine.close()
