"""The real scorer in languages without expert ratings: laid out, gated, never marked."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest

from inference.engines.scorers.whisper_frames import WhisperFrames
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PronunciationAssessment,
    Verdict,
)
from inference.types.audio import AudioClip

from .conftest import model_dir

pytestmark = pytest.mark.engine("whisper_frames")

TEXTS = {
    "es": (
        "Mañana vamos a la playa con toda la familia.",
        "El médico me dijo que debo beber más agua.",
    ),
    "fr": (
        "Demain nous partons à la mer avec les enfants.",
        "Le médecin dit que je dois boire plus d'eau.",
    ),
    "de": (
        "Morgen fahren wir mit den Kindern an den See.",
        "Der Arzt sagt, dass ich mehr Wasser trinken soll.",
    ),
}
HALVES = {
    "es": "Mañana vamos a la playa",
    "fr": "Demain nous partons à la mer",
    "de": "Morgen fahren wir",
}
# The word at this place said as another one.
SLIPS = {
    "es": ("Tengo un perro muy grande.", "Tengo un fello muy grande.", 2),
    "fr": ("La lune est très belle ce soir.", "La chaise est très belle ce soir.", 1),
    "de": (
        "Ich möchte einen Tisch am Fenster.",
        "Ich möchte einen Schuh am Fenster.",
        3,
    ),
}


@pytest.fixture(scope="module")
def scorer() -> Iterator[WhisperFrames]:
    engine = WhisperFrames(model_dir=model_dir("whisper-base"))
    yield engine
    engine.close()


def say(text: str, language: str, folder: Path) -> AudioClip:
    """Speak with espeak-ng's own voice."""
    program = shutil.which("espeak-ng")
    if program is None:
        pytest.skip("espeak-ng is not installed: make test installs it")
    path = folder / "said.wav"
    command = [program, "-v", language, "-s", "140", "-w", str(path), text]
    subprocess.run(command, check=True)
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=16_000)
        frames = [
            f for frame in container.decode(audio=0) for f in resampler.resample(frame)
        ]
        frames += resampler.resample(None)
    samples = np.concatenate([frame.to_ndarray().ravel() for frame in frames])
    quiet = np.zeros(8_000, np.float32)
    return AudioClip.from_float32(np.concatenate([quiet, samples, quiet]), 16_000)


def judge(
    scorer: WhisperFrames, clip: AudioClip, text: str, language: str
) -> PronunciationAssessment:
    found = scorer.assess(AssessRequest(clip, text, language), cancelled=Event())
    assert not found.validated
    assert found.scores is None
    for word in found.words:
        assert word.score is None
        assert word.verdict in {Verdict.UNSURE, Verdict.CLOSE, Verdict.MISSED}
        for phoneme in word.phonemes:
            assert phoneme.wrong_probability is None
            assert phoneme.score is None
    return found


@pytest.mark.parametrize("language", TEXTS)
def test_a_reading_is_laid_out_and_not_marked(
    scorer: WhisperFrames, language: str, tmp_path: Path
) -> None:
    text, _ = TEXTS[language]
    found = judge(scorer, say(text, language, tmp_path), text, language)
    assert found.outcome is AssessmentOutcome.JUDGED
    assert [word.text for word in found.words] == text.split()
    assert found.measures is not None
    starts = [word.start_ms for word in found.words]
    assert starts == sorted(starts)


@pytest.mark.parametrize("language", TEXTS)
def test_another_text_is_refused(
    scorer: WhisperFrames, language: str, tmp_path: Path
) -> None:
    text, other = TEXTS[language]
    found = judge(scorer, say(text, language, tmp_path), other, language)
    assert found.outcome is AssessmentOutcome.WRONG_TEXT
    assert found.words == ()


@pytest.mark.parametrize("language", TEXTS)
def test_half_a_text_is_judged_as_half(
    scorer: WhisperFrames, language: str, tmp_path: Path
) -> None:
    text, _ = TEXTS[language]
    found = judge(scorer, say(HALVES[language], language, tmp_path), text, language)
    assert found.outcome is AssessmentOutcome.INCOMPLETE
    n_said = len(HALVES[language].split())
    assert all(word.verdict is Verdict.MISSED for word in found.words[n_said + 1 :])


@pytest.mark.parametrize(
    ("language", "spoken"), [("es", "de"), ("fr", "es"), ("de", "fr")]
)
def test_another_language_is_refused(
    scorer: WhisperFrames, language: str, spoken: str, tmp_path: Path
) -> None:
    clip = say(TEXTS[spoken][1], spoken, tmp_path)
    found = judge(scorer, clip, TEXTS[language][0], language)
    assert found.outcome is AssessmentOutcome.WRONG_TEXT


@pytest.mark.parametrize("language", SLIPS)
def test_a_word_said_wrongly_is_pointed_at(
    scorer: WhisperFrames, language: str, tmp_path: Path
) -> None:
    text, slip, index = SLIPS[language]

    def pointed_at(spoken: str) -> list[int]:
        found = judge(scorer, say(spoken, language, tmp_path), text, language)
        assert found.outcome is AssessmentOutcome.JUDGED
        return [
            word.index
            for word in found.words
            if any(p.flagged for p in word.phonemes) or word.verdict is Verdict.MISSED
        ]

    assert pointed_at(text) == []
    assert index in pointed_at(slip)
