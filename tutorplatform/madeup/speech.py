"""How a made-up person says a sentence: scores of each phoneme, as a scorer would give them."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Final

from inference.phonetics.phonemizer import pronouncer
from inference.phonetics.pronunciation import Pronouncer
from inference.types.assessment import (
    AssessmentOutcome,
    Diagnosis,
    DiagnosisKind,
    PhonemeScore,
    PromptSource,
    PronunciationAssessment,
    SpeechMeasures,
    UtteranceScores,
    Verdict,
    WordScore,
)

from .people import Person

MODEL: Final = "made-up"
_PHONEME_MS: Final = 95
_GAP_MS: Final = 70
_ORDER: Final = (Verdict.WORK, Verdict.CLOSE, Verdict.FINE)


@cache
def phonemes_of(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words of a sentence with their phonemes."""
    return tuple(
        (word.text, word.variants[0].phonemes)
        for word in _english().pronounce(text)
        if word.variants
    )


def said_by(
    person: Person, text: str, *, progress: float, random: Random
) -> PronunciationAssessment:
    """Return how they said it. ``progress``: how far they have come, 0 to 1."""
    easier = 1.0 - person.learning * progress
    start, words = 150, []
    for index, (word, phonemes) in enumerate(phonemes_of(text)):
        scored = []
        for phoneme in phonemes:
            wrong = random.random() < person.wrong_chance(phoneme) * easier
            scored.append(_score(person, phoneme, wrong, start, random))
            start += _PHONEME_MS
        verdict = min((one.verdict for one in scored), key=_ORDER.index)
        score = sum(one.score or 0.0 for one in scored) / len(scored)
        words.append(
            WordScore(
                index, word, scored[0].start_ms, float(start), round(score, 1), verdict,
                tuple(scored),
            )
        )  # fmt: skip
        start += _GAP_MS
    total = round(sum(word.score or 0.0 for word in words) / max(1, len(words)), 1)
    rate = round(random.uniform(1.8, 3.6), 2)
    return PronunciationAssessment(
        outcome=AssessmentOutcome.JUDGED,
        model=MODEL,
        language="en",
        source=PromptSource.HEARD,
        text=text,
        words=tuple(words),
        scores=UtteranceScores(total, max(0.0, total - 4), total, total, 8.0),
        measures=SpeechMeasures(rate, rate + 0.5, (), 0.12, 0, None),
    )


def duration_ms(value: PronunciationAssessment) -> int:
    """Return how long it took to say."""
    return int(value.words[-1].end_ms) + 200 if value.words else 600


@cache
def _english() -> Pronouncer:
    return pronouncer("en")


def _score(
    person: Person, phoneme: str, wrong: bool, start: int, random: Random
) -> PhonemeScore:
    if not wrong:
        chance = round(random.uniform(0.01, 0.2), 3)
        return PhonemeScore(
            phoneme, start, start + _PHONEME_MS, -0.2, round(100 - 60 * chance, 1), chance,
            Verdict.FINE,
        )  # fmt: skip
    chance = round(random.uniform(0.55, 0.95), 3)
    verdict = Verdict.WORK if chance > 0.65 else Verdict.CLOSE
    return PhonemeScore(
        phoneme, start, start + _PHONEME_MS, -3.5, round(70 - 55 * chance, 1), chance,
        verdict, flagged=verdict is Verdict.WORK, diagnosis=_diagnosis(person, phoneme),
    )  # fmt: skip


def _diagnosis(person: Person, phoneme: str) -> Diagnosis | None:
    hard = person.sounds.get(phoneme)
    if hard is None:
        return None
    if hard.becomes is None:
        return Diagnosis(DiagnosisKind.DROPPED, None)
    return Diagnosis(DiagnosisKind.SUBSTITUTED, hard.becomes)
