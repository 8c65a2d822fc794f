"""What learners answer, and what teachers make of exercises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tutor.exercises import Exercise, Mark, faults, mark
from tutor.exercises.feedback import Feedback, Outcome

from ..exercise_problem import ExerciseProblem
from ..exercise_reading import known_words, read_exercise
from ..exercise_sources import level_test
from ..models import ExerciseAttempt, ExerciseItem
from ..models.exercise_item import MAX_ANSWER_CHARS
from .exercise_making import item_fields

__all__ = [
    "MAX_ANSWER_CHARS",
    "Answered",
    "ExerciseFaulty",
    "ExerciseProblem",
    "answer_exercise",
    "decide_exercise",
    "edit_exercise",
    "exercise_faults",
    "get_for_learner",
    "note_role_play",
]


class ExerciseFaulty(ExerciseProblem):
    """The exercise is not good enough to be shown; ``faults`` says why, in words."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__(
            "exercise.faulty", _("This exercise cannot be shown as it is.")
        )
        self.faults = found


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was kept, with its mark."""

    exercise: Exercise
    mark: Mark


def answer_exercise(
    *,
    learner_id: int,
    exercise_uuid: UUID,
    answer: str,
    spoken: bool = False,
    hinted: bool = False,
    reading: UUID | None = None,
    now: datetime,
) -> Answered:
    """Mark an answer and keep it.

    Raises ExerciseProblem: ``exercise.gone`` if the learner has no such exercise (any
    more), ``exercise.answer_too_long``.
    """
    if len(answer) > MAX_ANSWER_CHARS:
        raise ExerciseProblem(
            "exercise.answer_too_long",
            _("Please keep your answer under %(most)s characters.")
            % {"most": MAX_ANSWER_CHARS},
        )
    with transaction.atomic():
        item = get_for_learner(learner_id=learner_id, exercise_uuid=exercise_uuid)
        exercise = read_exercise(item)
        if exercise is None:
            raise _gone()
        marked = mark(exercise, answer)
        ExerciseAttempt.objects.create(
            exercise=item,
            revision=item.revision,
            answer=answer,
            spoken=spoken,
            hinted=hinted,
            outcome=str(marked.outcome),
            score=marked.score,
            feedback=str(marked.feedback),
            reading=reading,
            answered_at=now,
        )
    return Answered(exercise, marked)


def note_role_play(
    *, learner_id: int, exercise_uuid: UUID, session: UUID, now: datetime
) -> None:
    """Keep that a role play became a talk. Raises ExerciseProblem ``exercise.gone``."""
    item = get_for_learner(learner_id=learner_id, exercise_uuid=exercise_uuid)
    ExerciseAttempt.objects.create(
        exercise=item,
        revision=item.revision,
        spoken=True,
        outcome=str(Outcome.OPEN),
        feedback=str(Feedback.OPEN),
        session=session,
        answered_at=now,
    )


def get_for_learner(*, learner_id: int, exercise_uuid: UUID) -> ExerciseItem:
    """Return an exercise that this learner may do. Raises ``exercise.gone``."""
    item = (
        ExerciseItem.objects.in_use()
        .filter(learner_id=learner_id, uuid=exercise_uuid)
        .first()
    )
    if item is None:
        raise _gone()
    return item


@transaction.atomic
def edit_exercise(
    *,
    item_id: int,
    revision: int,
    exercise: Exercise,
    editor_id: int,
    now: datetime,
) -> ExerciseItem:
    """Put an edited exercise in place of what was there; what was decided stays.

    ``revision`` is the one that was edited. Raises ExerciseItem.DoesNotExist,
    ExerciseFaulty, and ExerciseProblem: ``exercise.changed`` if somebody else edited it
    meanwhile, ``exercise.twice`` if the learner has the same one already.
    """
    item = ExerciseItem.objects.select_for_update().get(pk=item_id)
    if item.revision != revision:
        raise ExerciseProblem(
            "exercise.changed",
            _("Somebody else changed this exercise meanwhile. Look at it again."),
        )
    _check(item, exercise)
    for name, value in item_fields(exercise).items():
        setattr(item, name, value)
    item.revision += 1
    item.edited_at, item.edited_by_id = now, editor_id
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise ExerciseProblem(
            "exercise.twice", _("The learner has an exercise like this already.")
        ) from error
    return item


@transaction.atomic
def decide_exercise(
    *, item_id: int, approve: bool, decider_id: int, now: datetime
) -> ExerciseItem:
    """Approve or reject an exercise; either may be changed again.

    Raises ExerciseItem.DoesNotExist, and ExerciseFaulty for one that must not be shown.
    """
    item = ExerciseItem.objects.select_for_update().get(pk=item_id)
    if approve:
        exercise = read_exercise(item)
        if exercise is None:
            raise ExerciseFaulty((_("its data cannot be read any more"),))
        _check(item, exercise)
    states = ExerciseItem.State
    item.state = states.APPROVED if approve else states.REJECTED
    item.decided_at, item.decided_by_id = now, decider_id
    item.save(update_fields=["state", "decided_at", "decided_by"])
    return item


def exercise_faults(item: ExerciseItem, exercise: Exercise) -> tuple[str, ...]:
    """Return why an exercise in place of a stored one could not be shown, in words."""
    known = known_words(item, exercise)
    return faults(exercise, level_test(exercise.l2), known=known)


def _check(item: ExerciseItem, exercise: Exercise) -> None:
    found = exercise_faults(item, exercise)
    if found:
        raise ExerciseFaulty(found)


def _gone() -> ExerciseProblem:
    return ExerciseProblem(
        "exercise.gone",
        _("This exercise is not there any more. Go on with the next one."),
    )
