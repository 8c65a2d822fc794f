"""The exercises of a lesson as one learner meets them: which, and how far they are."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from lessons.models import Exercise, Lesson
from tutor.exercises import ExerciseError
from tutor.exercises.course import CourseExercise, course_exercise

from .course_selectors import get_lesson_for
from .exercise_problem import ExerciseProblem
from .models import LessonAttempt, LessonProgress

logger = logging.getLogger(__name__)

_NO_ANSWER = LessonAttempt.Outcome.EMPTY


@dataclass(frozen=True, slots=True)
class ExerciseState:
    """One exercise in the learner's round.

    ``last`` is the outcome of the latest answer, ``""`` where there is none. ``is_repeated``:
    it was answered more than once. ``is_left``: it was left for later and not answered since.
    """

    row: Exercise
    last: str = ""
    is_repeated: bool = False
    is_left: bool = False


def lesson_of_learner(*, learner_id: int, uuid: UUID) -> Lesson:
    """Return a lesson that is offered or begun. Raises ``lesson.gone``."""
    try:
        return get_lesson_for(learner_id=learner_id, uuid=uuid)
    except Lesson.DoesNotExist:
        raise ExerciseProblem(
            "lesson.gone", _("This lesson is not there any more.")
        ) from None


def exercise_of_learner(*, learner_id: int, uuid: UUID) -> Exercise:
    """Return an exercise of a lesson that is offered or begun. Raises ``exercise.gone``."""
    row = (
        Exercise.objects.select_related("lesson__course", "lesson__unit")
        .filter(uuid=uuid)
        .first()
    )
    if row is None:
        raise gone()
    try:
        get_lesson_for(learner_id=learner_id, uuid=row.lesson.uuid)
    except Lesson.DoesNotExist:
        raise gone() from None
    return row


def read_course_exercise(row: Exercise, *, key: UUID | None = None) -> CourseExercise:
    """Return what is shown and marked. Raises ``exercise.gone`` where nobody can read it.

    ``key`` is the browser's for one showing.
    """
    try:
        return course_exercise(
            row.type,
            row.data,
            l2=row.lesson.course.l2,
            level=row.lesson.level,
            seed=str(row.uuid),
            key=str(key or ""),
        )
    except ExerciseError:
        logger.warning("exercise %s of a lesson cannot be read", row.pk)
        raise gone() from None


def round_of(*, learner_id: int, lesson: Lesson) -> tuple[ExerciseState, ...]:
    """Return the exercises of a lesson in order, as far as the learner's round has come."""
    rows = list(lesson.exercises.select_related("lesson__course"))
    answers: dict[int, list[str]] = {row.pk: [] for row in rows}
    for exercise_id, outcome in _answers(learner_id, lesson):
        answers[exercise_id].append(outcome)
    return tuple(_state(row, answers[row.pk]) for row in rows)


def talks_not_settled(*, learner_id: int, lesson: Lesson) -> dict[UUID, int]:
    """Return the talks that exercises became and nobody looked at, with their attempts."""
    found = LessonAttempt.objects.filter(
        learner_id=learner_id,
        exercise__lesson=lesson,
        session__isnull=False,
        outcome=_NO_ANSWER,
    )
    return {
        session: pk for session, pk in found.values_list("session", "pk") if session
    }


def open_talk(
    *, learner_id: int, exercise: Exercise, among: Collection[UUID]
) -> UUID | None:
    """Return the latest talk of an exercise among those given."""
    return (
        LessonAttempt.objects.filter(
            learner_id=learner_id, exercise=exercise, session__in=among
        )
        .values_list("session", flat=True)
        .first()
    )


def gone() -> ExerciseProblem:
    """Return the problem of an exercise that is not (or no longer) the learner's."""
    return ExerciseProblem(
        "exercise.gone",
        _("This exercise is not there any more. Go on with the next one."),
    )


def _answers(learner_id: int, lesson: Lesson) -> Sequence[tuple[int, str]]:
    since = (
        LessonProgress.objects.filter(learner_id=learner_id, lesson=lesson)
        .values_list("round_started_at", flat=True)
        .first()
    )
    in_round = Q(answered_at__gte=since) if since else Q()
    found = LessonAttempt.objects.filter(
        in_round, learner_id=learner_id, exercise__lesson=lesson
    )
    return list(
        found.order_by("answered_at", "id").values_list("exercise_id", "outcome")
    )


def _state(row: Exercise, outcomes: Sequence[str]) -> ExerciseState:
    answered = [outcome for outcome in outcomes if outcome != _NO_ANSWER]
    return ExerciseState(
        row=row,
        last=answered[-1] if answered else "",
        is_repeated=len(answered) > 1,
        is_left=bool(outcomes) and not answered,
    )
