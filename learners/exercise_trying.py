"""An exercise of a draft tried out: what learners see, and how an answer is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lessons.models import Lesson
from tutor.exercises import ExerciseError, Mark
from tutor.exercises.course import CourseExercise, Match, Talk, Told, course_exercise
from tutor.exercises.course_marking import mark_course
from tutor.exercises.schema import (
    Dictation,
    Exercise,
    MinimalPair,
    Reorder,
    Shadowing,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a learner sees before they answer; ``heard`` is not seen but said.

    ``pieces`` are buttons, ``left`` what they belong to; ``is_written``: an answer can be
    typed, so that it can be tried.
    """

    instruction: str
    text: str
    heard: str = ""
    pieces: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    picture: str = ""
    hint: str = ""
    is_written: bool = True


def shown_exercise(data: Mapping[str, Any], *, lesson: Lesson) -> Shown | None:
    """Return what learners see of an exercise's data, None where nobody can read it."""
    exercise = _read(data, lesson)
    if exercise is None:
        return None
    body, task, hint = exercise.body, exercise.instruction, exercise.hint
    if isinstance(body, Match):
        left = tuple(one for one, _other in body.pairs)
        return Shown(
            task, "", pieces=body.shown, left=left, hint=hint, is_written=False
        )
    if isinstance(body, Told):
        return Shown(task, body.question, picture=body.picture, hint=hint)
    if isinstance(body, Talk):
        return Shown(task, body.question, goals=body.goals, is_written=False)
    return _of_one_answer(body, task, hint)


def tried(data: Mapping[str, Any], answer: str, *, lesson: Lesson) -> Mark | None:
    """Return the mark of an answer; nothing is kept."""
    exercise = _read(data, lesson)
    return mark_course(exercise, answer[:400]) if exercise else None


def _of_one_answer(body: Exercise, task: str, hint: str) -> Shown:
    if isinstance(body, Shadowing):
        return Shown(task, body.solution, heard=body.solution, hint=hint)
    if isinstance(body, Dictation):
        return Shown(task, "", heard=body.solution, hint=hint)
    if isinstance(body, MinimalPair):
        return Shown(task, "", heard=body.solution, pieces=body.choices, hint=hint)
    pieces = body.pieces if isinstance(body, Reorder) else getattr(body, "choices", ())
    return Shown(task, body.prompt, pieces=tuple(pieces), hint=hint)


def _read(data: Mapping[str, Any], lesson: Lesson) -> CourseExercise | None:
    try:
        return course_exercise(
            str(data["type"]),
            data,
            l2=lesson.course.l2,
            level=lesson.level,
            seed=str(lesson.uuid),
        )
    except ExerciseError:
        return None
