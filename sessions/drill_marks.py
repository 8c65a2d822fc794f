"""How answers in drills are marked, as the practice player shows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from inference.types.assessment import (
    DiagnosisKind,
    PhonemeScore,
    PronunciationAssessment,
    Verdict,
)
from lessons.sounds.contrast import NOTHING
from lessons.sounds.library import sound_of

from .drill_page import DrillTask

# Said right with at least this probability; below the other, not.
_RIGHT_FROM, _WRONG_BELOW = 0.67, 0.4
_BY_VERDICT = {Verdict.FINE: 1.0, Verdict.CLOSE: 0.5, Verdict.WORK: 0.0}


def heard_result(task: DrillTask, *, right: bool) -> dict[str, Any]:
    """Return the mark of a chosen word as JSON."""
    words = _("Right.") if right else _("It was the other one: %(word)s")
    return _result(
        "right" if right else "wrong",
        words=words if right else words % {"word": task.spoken},
        expected=task.spoken,
        choices=[task.pair.word, task.pair.other],
    )


def said_result(task: DrillTask, right: float | None) -> dict[str, Any]:
    """Return the mark of a word that was said as JSON; None: heard, and not judged."""
    sound = task.contrast.sound
    if right is None:
        words, outcome = _("I heard the word, but not its sound clearly."), "open"
    elif right >= _RIGHT_FROM:
        words, outcome = _("A clear /%(sound)s/.") % {"sound": sound}, "right"
    elif right >= _WRONG_BELOW:
        words, outcome = _("Nearly a /%(sound)s/.") % {"sound": sound}, "nearly"
    else:
        words, outcome = _("Not quite a /%(sound)s/ yet.") % {"sound": sound}, "wrong"
    if outcome in ("nearly", "wrong"):
        words = f"{words} {task.contrast.tip}"
    return _result(outcome, words=words, expected="", choices=[], score=right)


def target_right(task: DrillTask, assessment: PronunciationAssessment) -> float | None:
    """Return how probably the target sound was right, None where nobody can say.

    One place of the word that went wrong is enough to make it wrong.
    """
    found = [
        share
        for word in (assessment.words if assessment.judged else ())
        for phoneme in word.phonemes
        if _is_target(task, phoneme) and (share := _share(task, phoneme)) is not None
    ]
    return min(found, default=None)


def _is_target(task: DrillTask, phoneme: PhonemeScore) -> bool:
    sound = sound_of(task.language, phoneme.phoneme)
    return sound is not None and sound.ipa == task.contrast.sound


def _share(task: DrillTask, phoneme: PhonemeScore) -> float | None:
    diagnosis = phoneme.diagnosis
    if diagnosis is not None and diagnosis.kind is not DiagnosisKind.INSERTED:
        heard = NOTHING if diagnosis.kind is DiagnosisKind.DROPPED else diagnosis.heard
        if heard in task.contrast.becomes:
            return 0.0
    if phoneme.wrong_probability is not None:
        return 1.0 - phoneme.wrong_probability
    return _BY_VERDICT.get(phoneme.verdict)


def _result(
    outcome: str,
    *,
    words: str,
    expected: str,
    choices: list[str],
    score: float | None = None,
) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "score": score,
        "feedback": outcome,
        "words": words,
        "expected": expected,
        "whole": expected,
        "differences": [],
        "choices": choices,
    }
