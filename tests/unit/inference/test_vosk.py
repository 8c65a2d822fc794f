"""Vosk: models by language, words in order, and nothing decoded twice."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from inference.engines.transcribers.growing_clips import GrowingClips
from inference.engines.transcribers.vosk import Vosk
from inference.errors import EngineUnavailable, StageError
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript
from inference.verification.material import Material
from inference.verification.transcriber import CHECKS
from tests.fakes import vosk_library


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vosk", vosk_library)
    monkeypatch.setattr(vosk_library.KaldiRecognizer, "fed", 0)
    monkeypatch.setattr(vosk_library.KaldiRecognizer, "made", 0)


def model(folder: Path, good: bool = True) -> Path:
    (folder / "am").mkdir(parents=True)
    (folder / "am" / "final.mdl").touch()
    if good:
        (folder / "good").touch()
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> Vosk:
    model(tmp_path / "en")
    model(tmp_path / "es-small")
    return Vosk(model_dir=tmp_path)


def quarters(*loud: int) -> AudioClip:
    """Return a clip of quarters of a second, each of one loudness."""
    levels = np.repeat(np.array(loud) * 1000, 4_000).astype("<i2")
    return AudioClip(levels.tobytes(), 16_000)


def hear(engine: Vosk, clip: AudioClip, **asked: object) -> Transcript:
    request = TranscribeRequest(clip, **asked)  # type: ignore[arg-type]
    return engine.transcribe(request, cancelled=Event())


def test_it_keeps_the_contract_of_its_kind(engine: Vosk) -> None:
    engine.warm()
    for check in CHECKS:
        check.run(engine, Material(quarters(1, 2, 3), "w1 w2 w3"))
    engine.close()
    engine.close()


def test_words_of_all_stretches_come_with_their_times(engine: Vosk) -> None:
    heard = hear(engine, quarters(3, 4, 0, 5))
    assert heard.text == "w3 w4 w5"
    times = [(word.text, word.start_ms, word.end_ms) for word in heard.words]
    assert times == [("w3", 0, 250), ("w4", 250, 500), ("w5", 750, 1000)]
    assert heard.confidence == pytest.approx(0.9)


def test_a_growing_clip_is_decoded_once(engine: Vosk) -> None:
    said = quarters(1, 2, 0, 3, 4, 5)
    texts = []
    for n_quarters in (2, 3, 5):
        so_far = AudioClip(said.pcm[: 8_000 * n_quarters], 16_000)
        texts.append(hear(engine, so_far, partial=True).text)
    assert texts == ["w1 w2", "w1 w2", "w1 w2 w3 w4"]
    assert hear(engine, said).text == "w1 w2 w3 w4 w5"
    counted = vosk_library.KaldiRecognizer
    assert (counted.fed, counted.made) == (len(said.pcm), 1)


def test_another_talk_in_between_has_a_decoder_of_its_own(engine: Vosk) -> None:
    assert hear(engine, quarters(1, 2), partial=True).text == "w1 w2"
    assert hear(engine, quarters(7, 8), partial=True).text == "w7 w8"
    assert hear(engine, quarters(1, 2, 3), language="es", partial=True).text == (
        "w1 w2 w3"
    )
    assert hear(engine, quarters(1, 2, 3)).text == "w1 w2 w3"
    assert hear(engine, quarters(7, 8, 9)).text == "w7 w8 w9"
    assert vosk_library.KaldiRecognizer.made == 3


def test_what_nobody_asks_about_again_is_forgotten() -> None:
    now = 0.0
    clips: GrowingClips[object] = GrowingClips(lambda *_: object(), lambda: now)
    first = clips.take(b"abc", "en", 16_000)
    first.pcm = b"abc"
    clips.put_back(first)
    now = 60.0
    assert clips.take(b"abcd", "en", 16_000) is not first


def test_a_language_without_a_model_is_a_coded_error(engine: Vosk) -> None:
    assert engine.capabilities.languages == {"en", "es"}
    with pytest.raises(StageError, match="fr") as failure:
        hear(engine, quarters(1), language="fr-CA")
    assert (failure.value.code, failure.value.retryable) == ("asr.failed", False)


def test_folders_without_a_model_or_with_a_broken_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="no Vosk model") as failure:
        Vosk(model_dir=tmp_path)
    assert failure.value.code == "engine.weights_missing"
    broken = Vosk(model_dir=model(tmp_path / "broken", good=False))
    with pytest.raises(EngineUnavailable, match="cannot load") as failure:
        broken.warm()
    assert failure.value.code == "engine.weights_broken"
