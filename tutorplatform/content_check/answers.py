"""Whether every exercise can be answered, by the marks that learners get, and stands once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lessons.course_files.exercises import Part
from lessons.course_files.reading import CourseFolder
from tutor.exercises import ExerciseError
from tutor.exercises.course import CourseExercise, Match, Told, course_exercise
from tutor.exercises.course_marking import mark_course
from tutor.exercises.feedback import Outcome
from tutor.exercises.forms import same, tokens
from tutor.exercises.schema import (
    Dictation,
    GapFill,
    MinimalPair,
    Reorder,
    Shadowing,
    Transform,
)


def answer_faults(found: CourseFolder) -> Iterator[tuple[str, int, str]]:
    """Yield lesson, number of the exercise and words for what cannot be answered."""
    course = found.course
    for lesson in found.lessons:
        for number, part in enumerate(lesson.exercises, start=1):
            try:
                exercise = course_exercise(
                    part.type,
                    part.model_dump(),
                    l2=course.l2,
                    level=lesson.level,
                    seed=f"{lesson.key}/{number}",
                )
            except ExerciseError as error:
                yield lesson.key, number, f"cannot be shown: {error}"
                continue
            for words in faults_of(exercise):
                yield lesson.key, number, words


def faults_of(exercise: CourseExercise) -> Iterator[str]:
    """Yield what is wrong with one exercise: each answer of it has to be marked right."""
    body = exercise.body
    if isinstance(body, Match):
        answer = ",".join(
            f"{left}-{body.shown.index(right)}"
            for left, (_, right) in enumerate(body.pairs)
        )
        yield from _not_right(exercise, answer)
    elif isinstance(body, Told):
        outcome = mark_course(exercise, body.example).outcome
        if outcome is not Outcome.OPEN:
            yield f"its own example is marked {outcome}: {body.example!r}"
    elif isinstance(body, GapFill | Reorder | Transform):
        for answer in (body.solution, *body.alternatives):
            yield from _not_right(exercise, answer)
        if isinstance(body, GapFill):
            yield from _second_choice(exercise, body)
        if isinstance(body, Reorder):
            yield from _other_pieces(body)
        if isinstance(body, Transform) and same(
            body.prompt, body.solution, exercise.l2
        ):
            yield "there is nothing to change"
    elif isinstance(body, Dictation | Shadowing):
        yield from _not_right(exercise, body.solution)
    elif isinstance(body, MinimalPair) and same(
        body.choices[0], body.choices[1], exercise.l2
    ):
        yield "both words are the same"


def twice(found: CourseFolder) -> Iterator[tuple[str, int, str]]:
    """Yield exercises that stand in the course before, whatever their hints."""
    seen: dict[str, tuple[str, int]] = {}
    for lesson in found.lessons:
        for number, part in enumerate(lesson.exercises, start=1):
            key = _what(part, found.course.l2)
            if key in seen:
                other, place = seen[key]
                yield lesson.key, number, f"is exercise {place} of {other} again"
            else:
                seen[key] = (lesson.key, number)


def _not_right(exercise: CourseExercise, answer: str) -> Iterator[str]:
    outcome = mark_course(exercise, answer).outcome
    if outcome is not Outcome.RIGHT:
        yield f"{answer!r} is marked {outcome}"


def _second_choice(exercise: CourseExercise, body: GapFill) -> Iterator[str]:
    if body.choices and body.solution not in body.choices:
        yield f"{body.solution!r} is not among the choices"
    right = {body.solution, *body.alternatives}
    for choice in body.choices:
        if choice not in right and (
            mark_course(exercise, choice).outcome is Outcome.RIGHT
        ):
            yield f"{choice!r} would be right, too"


def _other_pieces(body: Reorder) -> Iterator[str]:
    pieces = _pieces(" ".join(body.pieces), body.l2)
    for answer in (body.solution, *body.alternatives):
        if _pieces(answer, body.l2) != pieces:
            yield f"{answer!r} is not made of the pieces"


def _pieces(text: str, l2: str) -> Counter[str]:
    return Counter(tokens(text, l2))


def _what(part: Part, l2: str) -> str:
    def bare(value: Any) -> Any:
        if isinstance(value, str):
            return " ".join(tokens(value, l2))
        if isinstance(value, list):
            return [bare(each) for each in value]
        return value

    # What is asked, not how it is helped with.
    fields = part.model_dump(exclude={"hint", "alternatives", "choices"})
    return json.dumps({name: bare(value) for name, value in fields.items()})
