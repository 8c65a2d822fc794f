"""How something was said, as JSON: the form that sockets and pages share."""

from __future__ import annotations

from typing import Any

from inference.types.assessment import (
    Diagnosis,
    Pause,
    PhonemeScore,
    PronunciationAssessment,
    SpeechMeasures,
    UtteranceScores,
    WordScore,
)


def assessment_json(
    assessment: PronunciationAssessment, *, message: str
) -> dict[str, Any]:
    """Return an assessment as on the wire; ``message`` is its words for the learner.

    What was not judged shows neither words nor scores, whatever the scorer filled in.
    """
    judged = assessment.judged
    scores = assessment.scores if judged else None
    return {
        "outcome": assessment.outcome.value,
        "message": message,
        "source": assessment.source.value,
        "text": assessment.text,
        "language": assessment.language,
        "validated": assessment.validated,
        "model": assessment.model,
        "words": [_word(word) for word in assessment.words] if judged else [],
        "scores": None if scores is None else _scores(scores),
        "measures": None
        if assessment.measures is None
        else _measures(assessment.measures),
    }


def _word(word: WordScore) -> dict[str, Any]:
    return {
        "index": word.index,
        "text": word.text,
        "start_ms": round(word.start_ms),
        "end_ms": round(word.end_ms),
        "verdict": word.verdict.value,
        "score": _whole(word.score),
        "weak": word.weak,
        "phonemes": [_phoneme(phoneme) for phoneme in word.phonemes],
    }


def _phoneme(phoneme: PhonemeScore) -> dict[str, Any]:
    return {
        "ipa": phoneme.phoneme,
        "start_ms": round(phoneme.start_ms),
        "end_ms": round(phoneme.end_ms),
        "verdict": phoneme.verdict.value,
        "score": _whole(phoneme.score),
        "stress": phoneme.stress,
        "flagged": phoneme.flagged,
        "diagnosis": _diagnosis(phoneme.diagnosis),
    }


def _diagnosis(diagnosis: Diagnosis | None) -> dict[str, Any] | None:
    if diagnosis is None:
        return None
    return {"kind": diagnosis.kind.value, "heard": diagnosis.heard}


def _scores(scores: UtteranceScores) -> dict[str, int]:
    return {
        "accuracy": round(scores.accuracy),
        "fluency": round(scores.fluency),
        "prosody": round(scores.prosody),
        "total": round(scores.total),
        "margin": round(scores.margin),
    }


def _measures(measures: SpeechMeasures) -> dict[str, Any]:
    pitch = measures.pitch_range_semitones
    return {
        "speech_rate": round(measures.speech_rate, 2),
        "articulation_rate": round(measures.articulation_rate, 2),
        "pauses": [_pause(pause) for pause in measures.pauses],
        "pause_share": round(measures.pause_share, 3),
        "fillers": measures.fillers,
        "pitch_range_semitones": None if pitch is None else round(pitch, 1),
    }


def _pause(pause: Pause) -> dict[str, int]:
    return {"start_ms": round(pause.start_ms), "end_ms": round(pause.end_ms)}


def _whole(score: float | None) -> int | None:
    return None if score is None else round(score)
