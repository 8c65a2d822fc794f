"""The engines for GPU hosts, run by their real libraries on tiny models.

They need torch, which the project's own environment has not: `make test-torch`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from inference.engines.scorers.wav2vec2_ctc import Wav2Vec2Ctc
from inference.engines.scorers.whisperx_alignment import WhisperXAlignment
from inference.errors import EngineUnavailable, StageError
from inference.protocols import PronunciationScorer
from inference.registry import create_engine
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    Diagnosis,
    DiagnosisKind,
    PronunciationAssessment,
    Verdict,
)
from inference.types.audio import AudioClip
from inference.verification.assessments import fits
from inference.verification.checks import Check
from inference.verification.contracts import CONTRACTS
from inference.verification.material import Material
from tests.unit.inference.scorers.spoken_frames import Lexicon

from . import tone_models


def _missing(*libraries: str) -> str:
    return ", ".join(name for name in libraries if find_spec(name) is None)


WAV2VEC2 = _missing("torch", "transformers")
WHISPERX = _missing("torch", "transformers", "torchaudio", "whisperx", "pandas", "nltk")
pytestmark = [
    pytest.mark.engine("wav2vec2_ctc", "whisperx"),
    pytest.mark.skipif(
        bool(WAV2VEC2), reason=f"{WAV2VEC2} not installed: make test-torch"
    ),
    # The libraries' own affairs, among themselves.
    pytest.mark.filterwarnings("ignore"),
]
needs_whisperx = pytest.mark.skipif(
    bool(WHISPERX), reason=f"{WHISPERX} not installed: make test-torch"
)

PHONEMES = ("θ", "ɪ", "ŋ", "k", "ɹ", "ɛ", "d", "f", "ʃ", "s", "n")
LETTERS = tuple("|abdefinrt")
CHECKS = CONTRACTS["scorer"]
ENGINES = ["wav2vec2_ctc", pytest.param("whisperx", marks=needs_whisperx)]


def spoken(phonemes: str) -> AudioClip:
    """Return the tones of phonemes."""
    return tone_models.clip([PHONEMES.index(each) for each in phonemes.split()])


def spelled(text: str) -> AudioClip:
    """Return the tones of letters; a space is one too."""
    return tone_models.clip([LETTERS.index(c) for c in text.replace(" ", "|")])


@pytest.fixture(scope="module")
def phoneme_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that hears phonemes."""
    return tone_models.save_trained(tmp_path_factory.mktemp("phonemes"), PHONEMES)


@pytest.fixture(scope="module")
def letter_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that hears letters."""
    return tone_models.save_trained(tmp_path_factory.mktemp("letters"), LETTERS)


@pytest.fixture(scope="module")
def ctc(phoneme_model: Path) -> Iterator[Wav2Vec2Ctc]:
    """The CTC scorer."""
    engine = Wav2Vec2Ctc(
        model_dir=phoneme_model, pronouncers=lambda language: Lexicon()
    )
    engine.warm()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def whisperx(letter_model: Path) -> Iterator[WhisperXAlignment]:
    """The aligning scorer."""
    engine = WhisperXAlignment(model_dir=letter_model)
    engine.warm()
    yield engine
    engine.close()


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a scorer."""
    chosen: str = request.param
    return chosen


def assess(
    engine: PronunciationScorer, clip: AudioClip, text: str
) -> PronunciationAssessment:
    request = AssessRequest(clip, text)
    found = engine.assess(request, cancelled=Event())
    fits(found, request, engine.capabilities)
    return found


@pytest.mark.parametrize(
    "check", CHECKS, ids=lambda check: check.name.replace(" ", "-")
)
def test_a_model_that_knows_nothing_keeps_the_contract(
    name: str, check: Check, tmp_path: Path
) -> None:
    symbols = PHONEMES if name == "wav2vec2_ctc" else LETTERS
    folder = tone_models.save_ignorant(tmp_path, symbols)
    options = {"model_dir": str(folder), "device": "cpu"}
    engine = create_engine("scorer", name, options, Path)
    noise = np.random.default_rng(2).normal(0, 0.1, 40_000).astype(np.float32)
    speech = Material(AudioClip.from_float32(noise, 16_000), "Think red fish.")
    try:
        check.run(engine, speech)
    finally:
        engine.close()
        engine.close()


@pytest.mark.parametrize(
    "check", CHECKS, ids=lambda check: check.name.replace(" ", "-")
)
def test_a_model_that_hears_well_keeps_the_contract(
    name: str, check: Check, request: pytest.FixtureRequest
) -> None:
    if name == "wav2vec2_ctc":
        engine = request.getfixturevalue("ctc")
        said = Material(spoken("θ ɪ ŋ k ɹ ɛ d f ɪ ʃ"), "Think red fish.")
    else:
        engine = request.getfixturevalue("whisperx")
        said = Material(spelled("a red tent"), "A red tent!")
    check.run(engine, said)


def test_phonemes_are_heard_where_they_are(ctc: Wav2Vec2Ctc) -> None:
    found = assess(ctc, spoken("θ ɪ ŋ k ɹ ɛ d f ɪ ʃ"), "Think red fish.")
    assert found.outcome is AssessmentOutcome.JUDGED
    assert [word.verdict for word in found.words] == [Verdict.FINE] * 3
    sounds = [sound for word in found.words for sound in word.phonemes]
    for sound, (start_ms, end_ms) in zip(
        sounds, tone_models.said_at(range(10)), strict=True
    ):
        assert sound.start_ms < (start_ms + end_ms) / 2 < sound.end_ms
    assert (found.validated, found.scores) == (False, None)
    assert found.measures is not None
    # Three syllables in ten tones of 180 ms.
    assert found.measures.speech_rate == pytest.approx(3 / 1.8, rel=0.15)


def test_a_planted_wrong_phoneme_is_found_on_its_word(ctc: Wav2Vec2Ctc) -> None:
    found = assess(ctc, spoken("s ɪ ŋ k ɹ ɛ d f ɪ ʃ"), "Think red fish.")
    flagged = [s for word in found.words for s in word.phonemes if s.flagged]
    assert flagged == [found.words[0].phonemes[0]]
    assert flagged[0].diagnosis == Diagnosis(DiagnosisKind.SUBSTITUTED, "s")


def test_another_text_half_a_text_and_noise_are_told(ctc: Wav2Vec2Ctc) -> None:
    other = assess(ctc, spoken("n ɪ s d ɪ k s ɛ n"), "Think red fish.")
    assert other.outcome is AssessmentOutcome.WRONG_TEXT
    half = assess(ctc, spoken("θ ɪ ŋ k ɹ ɛ d"), "Think red fish thin.")
    assert half.outcome is AssessmentOutcome.INCOMPLETE
    assert [word.verdict for word in half.words[2:]] == [Verdict.MISSED] * 2
    noise = np.random.default_rng(3).normal(0, 0.003, 32_000).astype(np.float32)
    hiss = assess(ctc, AudioClip.from_float32(noise, 16_000), "Think red fish.")
    assert not hiss.judged


@needs_whisperx
def test_words_are_aligned_where_they_are(whisperx: WhisperXAlignment) -> None:
    found = assess(whisperx, spelled("a red tent"), "A red tent!")
    assert found.outcome is AssessmentOutcome.JUDGED
    assert [word.text for word in found.words] == ["A", "red", "tent!"]
    times = tone_models.said_at(range(11))
    # A letter begins somewhere in its tone and ends where the next one begins.
    for word, (first, last) in zip(found.words, [(0, 0), (2, 4), (6, 9)], strict=True):
        assert times[first][0] - 40 <= word.start_ms <= times[first][1]
        assert times[last][0] <= word.end_ms <= times[last + 1][1]
        assert word.phonemes == ()
        assert word.score is not None
    assert (found.validated, found.scores) == (False, None)


@needs_whisperx
def test_the_wrong_text_does_not_fit(whisperx: WhisperXAlignment) -> None:
    found = assess(whisperx, spelled("bad interne"), "Fan it after a tire!")
    assert not found.judged


@needs_whisperx
def test_a_token_without_sound_has_no_entry(whisperx: WhisperXAlignment) -> None:
    found = assess(whisperx, spelled("a red tent"), "A red 🍵 tent!")
    assert [word.index for word in found.words] == [0, 1, 3]


def test_a_folder_without_a_model_is_told(name: str, tmp_path: Path) -> None:
    engine = create_engine("scorer", name, {"model_dir": str(tmp_path)}, Path)
    with pytest.raises(EngineUnavailable) as missing:
        engine.warm()
    assert missing.value.code == "engine.weights_missing"
    for file in ("config.json", "vocab.json", "preprocessor_config.json"):
        (tmp_path / file).write_text("{}", encoding="utf-8")
    with pytest.raises(EngineUnavailable) as broken:
        engine.warm()
    assert broken.value.code == "engine.weights_broken"
    engine.close()


def test_a_device_that_is_not_there_is_told(phoneme_model: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has the device")
    engine = Wav2Vec2Ctc(model_dir=phoneme_model, device="cuda")
    with pytest.raises(StageError) as told:
        engine.warm()
    assert told.value.code == "engine.weights_broken"


def test_half_precision_gives_the_same_verdicts(phoneme_model: Path) -> None:
    engine = Wav2Vec2Ctc(
        model_dir=phoneme_model,
        dtype="bfloat16",
        pronouncers=lambda language: Lexicon(),
    )
    found = assess(engine, spoken("s ɪ ŋ k ɹ ɛ d"), "Think red")
    assert [p.flagged for word in found.words for p in word.phonemes] == [
        True, *[False] * 6,
    ]  # fmt: skip
    engine.close()
