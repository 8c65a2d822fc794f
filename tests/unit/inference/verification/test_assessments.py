"""An assessment that breaks a rule is found out, whatever the rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inference.protocols import ScorerCapabilities
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    Diagnosis,
    DiagnosisKind,
    PhonemeScore,
    PronunciationAssessment,
    UtteranceScores,
    Verdict,
    WordScore,
)
from inference.types.audio import AudioClip
from inference.verification.assessments import fits
from inference.verification.checks import Broken

CAPABILITIES = ScorerCapabilities(frozenset({"en"}), frozenset({"en"}), phonemes=True)
REQUEST = AssessRequest(AudioClip(bytes(32_000), 16_000), "Red tea please")
SOUND = PhonemeScore("t", 300, 400, -1.0, 80, 0.1, Verdict.FINE)
TEA = WordScore(
    1,
    "tea",
    300,
    500,
    70,
    Verdict.CLOSE,
    (SOUND, replace(SOUND, start_ms=400, end_ms=500)),
)
RED = WordScore(0, "Red", 100, 300, 90, Verdict.FINE)
PLEASE = WordScore(2, "please", 0, 0, None, Verdict.MISSED)
GOOD = PronunciationAssessment(
    outcome=AssessmentOutcome.JUDGED,
    model="test-1",
    language="en",
    source=REQUEST.source,
    text=REQUEST.text,
    validated=True,
    words=(RED, TEA, PLEASE),
    scores=UtteranceScores(80, 70, 60, 75, 8),
)


def with_sounds(*sounds: PhonemeScore, weak: bool = False) -> PronunciationAssessment:
    return replace(GOOD, words=(RED, replace(TEA, phonemes=sounds, weak=weak), PLEASE))


def test_a_good_one_passes() -> None:
    fits(GOOD, REQUEST, CAPABILITIES)
    fits(
        with_sounds(*[replace(SOUND, flagged=True, end_ms=300)] * 3),
        REQUEST,
        CAPABILITIES,
    )


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (replace(GOOD, text="Red tea"), "not what was asked"),
        (replace(GOOD, language="es"), "not what was asked"),
        (replace(GOOD, model=""), "name itself"),
        (replace(GOOD, outcome=AssessmentOutcome.SILENCE), "words although"),
        (
            replace(GOOD, outcome=AssessmentOutcome.WRONG_TEXT, words=()),
            "scores although",
        ),
        (replace(GOOD, words=()), "without words"),
        (replace(GOOD, words=(TEA, RED)), "out of order"),
        (replace(GOOD, words=(RED, RED)), "out of order"),
        (replace(GOOD, words=(RED, replace(TEA, index=3))), "not in the text"),
        (replace(GOOD, words=(replace(RED, text="red"),)), "another word"),
        (replace(GOOD, words=(replace(RED, end_ms=1001),)), "out of the clip"),
        (replace(GOOD, words=(replace(RED, start_ms=-1),)), "out of the clip"),
        (replace(GOOD, words=(replace(RED, start_ms=350), TEA)), "out of the clip"),
        (
            replace(GOOD, words=(replace(RED, start_ms=350, end_ms=400), TEA)),
            "back in time",
        ),
        (replace(GOOD, words=(replace(RED, score=100.5),)), "score out of range"),
        (replace(GOOD, words=(replace(PLEASE, score=0),)), "has a score"),
        (replace(GOOD, words=(replace(PLEASE, phonemes=(SOUND,)),)), "has phonemes"),
        (
            replace(GOOD, scores=UtteranceScores(80, 70, 60, 175, 8)),
            "total is outside",
        ),
        (with_sounds(replace(SOUND, end_ms=2000)), "out of the clip"),
        (with_sounds(SOUND, SOUND), "sounds overlap"),
        (with_sounds(replace(SOUND, score=-1)), "score out of range"),
        (with_sounds(replace(SOUND, wrong_probability=1.1)), "probability"),
        (with_sounds(replace(SOUND, verdict=Verdict.MISSED)), "missed word"),
        (with_sounds(replace(SOUND, stress=3)), "stress"),
        (with_sounds(replace(SOUND, phoneme="")), "no name"),
        (with_sounds(replace(SOUND, flagged=True), weak=True), "weak form"),
        (
            with_sounds(*[replace(SOUND, flagged=True, end_ms=300)] * 4),
            "4 sounds are flagged",
        ),
        (
            with_sounds(
                replace(SOUND, diagnosis=Diagnosis(DiagnosisKind.DROPPED, "s"))
            ),
            "disagree",
        ),
        (
            with_sounds(
                replace(SOUND, diagnosis=Diagnosis(DiagnosisKind.SUBSTITUTED, None))
            ),
            "disagree",
        ),
    ],
)
def test_each_fault_is_found(bad: PronunciationAssessment, words: str) -> None:
    with pytest.raises(Broken, match=words):
        fits(bad, REQUEST, CAPABILITIES)


def test_a_scorer_keeps_to_what_it_says_it_can_do() -> None:
    unchecked = replace(CAPABILITIES, validated=frozenset())
    with pytest.raises(Broken, match="never validated"):
        fits(GOOD, REQUEST, unchecked)
    with pytest.raises(Broken, match="phonemes from a scorer that has none"):
        fits(GOOD, REQUEST, replace(CAPABILITIES, phonemes=False))
