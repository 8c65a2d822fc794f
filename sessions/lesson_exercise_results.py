"""What came out of an answer to an exercise of a lesson, as its page shows it."""

from __future__ import annotations

from typing import Any

from learners.services.lesson_attempts import LessonAnswered
from tutor.exercises.course import CourseExercise, Match, Talk, Told
from tutor.exercises.course_marking import pairs_made, words_used
from tutor.exercises.course_notes import note_for
from tutor.exercises.feedback import Outcome
from tutor.exercises.marking import Mark
from tutor.exercises.schema import GapFill, MinimalPair

_FAILED = frozenset({Outcome.WRONG, Outcome.NEARLY})


def result(answered: LessonAnswered) -> dict[str, Any]:
    """Return a mark with what explains it, as JSON.

    ``whole`` is the right answer as a sentence, ``note`` what the lesson says of it;
    ``pairs``, ``told`` and ``choices`` are there for their types alone.
    """
    exercise, mark = answered.exercise, answered.mark
    whole = _whole(exercise, mark)
    shown: dict[str, Any] = {
        "outcome": str(mark.outcome),
        "score": mark.score,
        "feedback": str(mark.feedback),
        "words": mark.words,
        "expected": mark.expected,
        "whole": whole,
        "answer": answered.answer,
        "differences": [
            {"said": one.said, "wanted": one.wanted, "kind": str(one.kind)}
            for one in mark.differences
        ],
        "choices": list(getattr(exercise.body, "choices", ())),
    }
    if whole and mark.outcome in _FAILED:
        note = note_for(whole, answered.row.lesson.patterns, exercise.l2)
        if note is not None:
            shown["note"] = {"pattern": note.pattern, "words": note.note}
    if isinstance(exercise.body, Match):
        shown["pairs"] = _pairs(exercise.body, answered.answer)
    if isinstance(exercise.body, Told) and mark.outcome is not Outcome.EMPTY:
        shown["told"] = _told(exercise, exercise.body, answered.answer)
    return shown


def _whole(exercise: CourseExercise, mark: Mark) -> str:
    body = exercise.body
    if mark.outcome is Outcome.EMPTY or isinstance(body, Match | Told | Talk):
        return ""
    right = mark.expected or body.solution
    if isinstance(body, GapFill):
        return body.filled(right)
    return "" if isinstance(body, MinimalPair) else right


def _pairs(body: Match, answer: str) -> list[dict[str, Any]]:
    made = pairs_made(body, answer)
    shown: list[dict[str, Any]] = []
    for at, (left, right) in enumerate(body.pairs):
        chosen = body.shown[made[at]] if at in made else ""
        one = {"left": left, "right": right, "chosen": chosen}
        shown.append({**one, "isRight": chosen == right})
    return shown


def _told(exercise: CourseExercise, body: Told, answer: str) -> dict[str, Any]:
    found = words_used(exercise, body, answer)
    return {
        "nWords": found.n_words,
        "used": list(found.used),
        "notUsed": list(found.not_used),
        "example": body.example,
    }
