"""The stand-in scorer: it shows what the recogniser thought, and accuses nobody."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest

from inference.engines.scorers.asr_confidence import AsrConfidence
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
    Verdict,
)
from inference.types.audio import AudioClip
from inference.types.speech import Transcript, Word
from inference.verification.assessments import fits


def tone(seconds: float = 3.0, level: float = 0.2) -> AudioClip:
    samples = level * np.sin(np.arange(int(seconds * 16_000)) / 9)
    return AudioClip.from_float32(samples.astype(np.float32), 16_000)


def transcript(heard: str, confidence: float = 0.9) -> Transcript:
    words = tuple(
        Word(f" {word}", 300.0 * i, 300.0 * (i + 1), confidence)
        for i, word in enumerate(heard.split())
    )
    return Transcript(heard, words, "en", confidence, 0.0)


def assess(
    text: str,
    heard: str | None,
    *,
    confidence: float = 0.9,
    clip: AudioClip | None = None,
    **asked: object,
) -> PronunciationAssessment:
    engine = AsrConfidence()
    request = AssessRequest(
        clip or tone(),
        text,
        heard=None if heard is None else transcript(heard, confidence),
        **asked,  # type: ignore[arg-type]
    )
    found = engine.assess(request, cancelled=Event())
    fits(found, request, engine.capabilities)
    assert not found.validated
    assert found.scores is None
    return found


def test_what_was_understood_is_fine_at_its_place() -> None:
    found = assess("I like tea.", "I like tea")
    assert found.outcome is AssessmentOutcome.JUDGED
    assert found.model == "asr-confidence-1"
    assert [word.verdict for word in found.words] == [Verdict.FINE] * 3
    assert [word.score for word in found.words] == pytest.approx([90.0] * 3)
    assert (found.words[2].start_ms, found.words[2].end_ms) == (600, 900)


def test_a_doubtful_word_is_not_called_wrong() -> None:
    found = assess("I like tea.", "I like tea", confidence=0.2)
    assert [word.verdict for word in found.words] == [Verdict.UNSURE] * 3


@pytest.mark.parametrize(
    ("heard", "verdict"),
    [("I leek tea", Verdict.CLOSE), ("I drum tea", Verdict.UNSURE)],
)
def test_another_word_is_at_most_close(heard: str, verdict: Verdict) -> None:
    found = assess("I like tea.", heard)
    assert found.words[1].verdict is verdict
    assert found.words[1].score is not None
    assert found.words[1].score < 60


def test_a_word_that_was_not_heard_is_missed() -> None:
    found = assess("I like red tea.", "I like tea")
    assert [word.verdict is Verdict.MISSED for word in found.words] == [
        False, False, True, False,
    ]  # fmt: skip
    assert found.outcome is AssessmentOutcome.JUDGED


def test_half_a_text_is_incomplete_and_another_text_refused() -> None:
    text = "My brother bought a map of the city."
    half = assess(text, "My brother bought a")
    assert half.outcome is AssessmentOutcome.INCOMPLETE
    other = assess(text, "Yellow boats sail home now")
    assert (other.outcome, other.words) == (AssessmentOutcome.WRONG_TEXT, ())


def test_one_strange_word_alone_proves_nothing() -> None:
    assert assess("Tea.", "boats").outcome is AssessmentOutcome.UNSURE


@pytest.mark.parametrize("heard", [None, "", "..."])
def test_without_words_nothing_is_sure(heard: str | None) -> None:
    assert assess("I like tea.", heard).outcome is AssessmentOutcome.UNSURE


@pytest.mark.parametrize(
    ("clip", "outcome"),
    [
        (tone(0.0), AssessmentOutcome.TOO_SHORT),
        (tone(0.1), AssessmentOutcome.TOO_SHORT),
        (tone(66.0), AssessmentOutcome.TOO_LONG),
        (tone(level=0.0), AssessmentOutcome.SILENCE),
        (tone(level=0.001), AssessmentOutcome.SILENCE),
        (tone(level=3.0), AssessmentOutcome.CLIPPED),
    ],
)
def test_unfit_sound_is_told(clip: AudioClip, outcome: AssessmentOutcome) -> None:
    assert assess("I like tea.", "I like tea", clip=clip).outcome is outcome


def test_free_speech_is_its_own_text() -> None:
    found = assess("I like tea", "I like tea", source=PromptSource.HEARD)
    assert found.outcome is AssessmentOutcome.JUDGED
    assert found.source is PromptSource.HEARD


def test_a_region_is_no_other_language() -> None:
    assert assess("I like tea", "I like tea", language="en-GB").judged
    other = assess("I like tea", "I like tea", language="ja")
    assert other.outcome is AssessmentOutcome.UNSUPPORTED_LANGUAGE
