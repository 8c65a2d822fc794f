"""What learners answer to the exercises of lessons; each showing counts once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lessons.models import Exercise, Lesson
from tutor.exercises.course import CourseExercise
from tutor.exercises.course_marking import mark_course, with_sounds
from tutor.exercises.feedback import Feedback, Outcome, worded
from tutor.exercises.marking import Mark

from ..exercise_problem import ExerciseProblem
from ..lesson_exercises import (
    exercise_of_learner,
    read_course_exercise,
    talks_not_settled,
)
from ..models import LessonAttempt, LessonProgress
from ..models.exercise_item import MAX_ANSWER_CHARS
from .course_progress import finish_exercise_row, start_lesson

# In place of a mark's reason where nobody answered.
LEFT = "left"
TALK = "talk"


@dataclass(frozen=True, slots=True)
class LessonAnswered:
    """An answer with its mark. ``is_kept`` is false for one that holds nothing."""

    row: Exercise
    exercise: CourseExercise
    mark: Mark
    answer: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Sounds:
    """How the words of a reading sounded, as numbers."""

    n_words: int
    n_to_work_on: int


def answer_lesson_exercise(
    *,
    learner_id: int,
    exercise_uuid: UUID,
    client_key: UUID,
    answer: str,
    spoken: bool = False,
    hinted: bool = False,
    reading: UUID | None = None,
    sounds: Sounds | None = None,
    now: datetime,
) -> LessonAnswered:
    """Mark an answer and keep it; what holds nothing is marked and not kept.

    ``client_key`` is of one showing in one browser: sent again, the first answer stands
    and its mark is returned. Raises ExerciseProblem: ``exercise.gone``,
    ``exercise.answer_too_long``, ``exercise.key_used``.
    """
    if len(answer) > MAX_ANSWER_CHARS:
        raise ExerciseProblem(
            "exercise.answer_too_long",
            _("Please keep your answer under %(most)s characters.")
            % {"most": MAX_ANSWER_CHARS},
        )
    row = exercise_of_learner(learner_id=learner_id, uuid=exercise_uuid)
    exercise = read_course_exercise(row, key=client_key)
    marked = mark_course(exercise, answer, spoken=spoken)
    if sounds is not None:
        marked = with_sounds(
            exercise, marked, n_words=sounds.n_words, n_to_work_on=sounds.n_to_work_on
        )
    if marked.outcome is Outcome.EMPTY:
        return LessonAnswered(row, exercise, marked, answer, is_kept=False)
    attempt, is_new = _keep(
        learner_id=learner_id,
        row=row,
        client_key=client_key,
        answer=answer,
        spoken=spoken,
        hinted=hinted,
        outcome=str(marked.outcome),
        score=marked.score,
        feedback=str(marked.feedback),
        reading=reading,
        answered_at=now,
    )
    if not is_new:
        marked = _mark_of(exercise, attempt)
    finish_exercise_row(learner_id=learner_id, lesson=row.lesson, now=now)
    return LessonAnswered(row, exercise, marked, attempt.answer, is_kept=True)


def leave_for_later(
    *, learner_id: int, exercise_uuid: UUID, client_key: UUID, now: datetime
) -> None:
    """Keep that an exercise was left out for now. Raises ExerciseProblem as above."""
    row = exercise_of_learner(learner_id=learner_id, uuid=exercise_uuid)
    _keep(
        learner_id=learner_id,
        row=row,
        client_key=client_key,
        outcome=str(Outcome.EMPTY),
        feedback=LEFT,
        answered_at=now,
    )
    start_lesson(learner_id=learner_id, lesson=row.lesson, now=now)


def note_talk(
    *, learner_id: int, row: Exercise, client_key: UUID, session: UUID, now: datetime
) -> None:
    """Keep that an exercise became a talk; it counts once the learner spoke there."""
    _keep(
        learner_id=learner_id,
        row=row,
        client_key=client_key,
        spoken=True,
        outcome=str(Outcome.EMPTY),
        feedback=TALK,
        session=session,
        answered_at=now,
    )
    start_lesson(learner_id=learner_id, lesson=row.lesson, now=now)


@transaction.atomic
def settle_talks(
    *, learner_id: int, lesson: Lesson, talked: Collection[UUID], now: datetime
) -> None:
    """Count the exercises whose talks are among those in which the learner spoke."""
    attempts = talks_not_settled(learner_id=learner_id, lesson=lesson)
    done = [pk for session, pk in attempts.items() if session in talked]
    if not done:
        return
    LessonAttempt.objects.filter(pk__in=done).update(
        outcome=str(Outcome.OPEN), feedback=str(Feedback.OPEN)
    )
    finish_exercise_row(learner_id=learner_id, lesson=lesson, now=now)


@transaction.atomic
def begin_round(*, learner_id: int, lesson: Lesson, now: datetime) -> None:
    """Let all exercises of a lesson be done anew; what was answered stays kept."""
    progress = start_lesson(learner_id=learner_id, lesson=lesson, now=now)
    LessonProgress.objects.filter(pk=progress.pk).update(round_started_at=now)


def _keep(
    *, learner_id: int, row: Exercise, client_key: UUID, **fields: object
) -> tuple[LessonAttempt, bool]:
    attempt, is_new = LessonAttempt.objects.get_or_create(
        learner_id=learner_id,
        client_key=client_key,
        defaults={"exercise": row, **fields},
    )
    if attempt.exercise_id != row.pk:
        raise ExerciseProblem(
            "exercise.key_used", _("This page is out of date. Load it again, please.")
        )
    return attempt, is_new


def _mark_of(exercise: CourseExercise, attempt: LessonAttempt) -> Mark:
    """Return the mark of an answer that was kept before."""
    marked = mark_course(exercise, attempt.answer, spoken=attempt.spoken)
    if str(marked.feedback) == attempt.feedback or attempt.feedback not in {*Feedback}:
        return replace(marked, score=attempt.score)
    reason = Feedback(attempt.feedback)
    return replace(
        marked,
        outcome=Outcome(attempt.outcome),
        score=attempt.score,
        feedback=reason,
        words=worded(reason, exercise.l2, marked.expected),
    )
