"""Assessments for tests."""

from __future__ import annotations

from dataclasses import replace

from inference.types.assessment import (
    AssessmentOutcome,
    Diagnosis,
    DiagnosisKind,
    Pause,
    PhonemeScore,
    PromptSource,
    PronunciationAssessment,
    SpeechMeasures,
    UtteranceScores,
    Verdict,
    WordScore,
)


def phoneme(ipa: str, wrong: float | None = 0.02, **changed: object) -> PhonemeScore:
    """Return a phoneme that is wrong with this probability."""
    bad = wrong is not None and wrong > 0.5
    found = PhonemeScore(
        phoneme=ipa,
        start_ms=10.0,
        end_ms=90.5,
        gop=-3.0 if bad else -0.1,
        score=20.0 if bad else 96.0,
        wrong_probability=wrong,
        verdict=Verdict.WORK if bad else Verdict.FINE,
        flagged=bad,
        diagnosis=Diagnosis(DiagnosisKind.SUBSTITUTED, "s") if bad else None,
    )
    return replace(found, **changed)  # type: ignore[arg-type]


def word(
    index: int, text: str, *phonemes: PhonemeScore, **changed: object
) -> WordScore:
    """Return a word of these phonemes."""
    bad = any(p.verdict is Verdict.WORK for p in phonemes)
    found = WordScore(
        index=index,
        text=text,
        start_ms=10.0,
        end_ms=400.0,
        score=40.0 if bad else 92.0,
        verdict=Verdict.WORK if bad else Verdict.FINE,
        phonemes=phonemes,
    )
    return replace(found, **changed)  # type: ignore[arg-type]


def judged(text: str = "think so", model: str = "frames-1") -> PronunciationAssessment:
    """Return an assessment of two words, the first of them with a wrong first sound."""
    return PronunciationAssessment(
        outcome=AssessmentOutcome.JUDGED,
        model=model,
        language="en",
        source=PromptSource.HEARD,
        text=text,
        validated=True,
        words=(
            word(0, "think", phoneme("\u03b8", 0.8), phoneme("\u026a"), phoneme("k")),
            word(1, "so", phoneme("s"), phoneme("o\u028a")),
        ),
        scores=UtteranceScores(71.5, 68.0, 70.0, 70.5, 8.0),
        measures=SpeechMeasures(2.9, 3.4, (Pause(300, 620),), 0.12, 1, None),
        voice=(0.25, 0.5),
    )
