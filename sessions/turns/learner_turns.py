"""The learner's words and sounds of a turn, as the teacher takes them."""

from __future__ import annotations

from collections.abc import Sequence

from inference.types.assessment import DiagnosisKind, PronunciationAssessment
from inference.types.speech import Word
from tutor.learner import HeardWord, LearnerTurn, SoundProblem

from .context import LearnerWords, TurnContext
from .events import Source


def words_of_turn(ctx: TurnContext) -> LearnerWords:
    """Return what the learner said in a turn; without words: nothing, typed."""
    return ctx.learner or LearnerWords("", Source.TEXT)


def learner_turn(words: LearnerWords) -> LearnerTurn:
    """Return the learner's words as the teacher takes them."""
    return LearnerTurn(
        text=words.text,
        spoken=bool(words.words),
        words=_placed(words.text, words.words),
        language=words.language,
    )


def sound_problems(assessment: PronunciationAssessment) -> tuple[SoundProblem, ...]:
    """Return the phonemes that were flagged, surest first."""
    if not assessment.judged:
        return ()
    found = [
        SoundProblem(
            word=word.text.strip(".,;:!?\"'"),
            phoneme=phoneme.phoneme,
            heard=phoneme.diagnosis.heard or ""
            if phoneme.diagnosis is not None
            and phoneme.diagnosis.kind is DiagnosisKind.SUBSTITUTED
            else "",
            probability=phoneme.wrong_probability or 0.0,
        )
        for word in assessment.words
        for phoneme in word.phonemes
        if phoneme.flagged
    ]
    return tuple(sorted(found, key=lambda one: -one.probability))


def _placed(text: str, words: Sequence[Word]) -> tuple[HeardWord, ...]:
    """Find each recognised word in the text."""
    placed = []
    at = 0
    for word in words:
        bare = word.text.strip()
        start = text.find(bare, at)
        if start < 0:
            continue
        at = start + len(bare)
        placed.append(HeardWord(bare, start, at, word.confidence))
    return tuple(placed)
