"""Reads of exercises: what a learner does next, and what teachers look over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from .exercise_drops import reasons_in_all
from .exercise_reading import read_exercise
from .exercise_tasks import task
from .exercise_turns import in_turn
from .models import ExerciseAttempt, ExerciseBatch, ExerciseItem, User
from .models.exercise_item import latest_answer
from .permissions import AnyUser, can_review_exercises

TASKS_A_RUN = 6
MAX_LOOKED_AT = 300
BATCHES_COUNTED = 200
LATEST_ANSWERS = 8

_DONE = (ExerciseAttempt.Outcome.RIGHT, ExerciseAttempt.Outcome.OPEN)


@dataclass(frozen=True, slots=True)
class Practice:
    """Exercises to do one after the other, as JSON; ``left`` are to do in all.

    ``again``: all are done, these were right before.
    """

    tasks: tuple[dict[str, Any], ...]
    left: int
    again: bool = False


def list_practice(
    *, learner_id: int, l2: str, session: UUID | None = None, again: bool = False
) -> Practice:
    """Return what the learner does next: new ones and those that were not right yet.

    Those of the talk ``session`` come first. With ``again`` those done longest ago come
    back once nothing is left.
    """
    to_do = _to_do(learner_id, l2)
    found = list(to_do[:MAX_LOOKED_AT])
    if session is not None:
        found.sort(key=lambda item: item.session != session)
    tasks = _tasks(found)
    if tasks or not again:
        return Practice(tuple(tasks), to_do.count())
    done = (
        _playable(learner_id, l2)
        .annotate(last_outcome=latest_answer("outcome"))
        .filter(last_outcome__in=_DONE)
        .order_by(latest_answer("answered_at"), "id")
    )
    return Practice(tuple(_tasks(list(done[:MAX_LOOKED_AT]))), 0, again=True)


def count_practice(*, learner_id: int, l2: str) -> int:
    """Return how many exercises wait for the learner."""
    return _to_do(learner_id, l2).count()


def has_exercises(*, learner_id: int, l2: str) -> bool:
    """Whether the learner has exercises at all, done or not."""
    return _playable(learner_id, l2).exists()


def find_exercise_to_hear(*, user: AnyUser, uuid: UUID) -> ExerciseItem | None:
    """Return an exercise of one's own, or one that a teacher looks over; else None."""
    item = ExerciseItem.objects.filter(uuid=uuid).first()
    if item is None or can_review_exercises(user, item.learner_id):
        return item
    own = ExerciseItem.objects.in_use().filter(learner_id=user.pk, uuid=uuid)
    return own.first()


def get_reviewed(*, uuid: UUID) -> ExerciseItem:
    """Return an exercise for a teacher. Raises ExerciseItem.DoesNotExist."""
    return ExerciseItem.objects.select_related(
        "learner__profile", "lesson", "ledger_entry", "edited_by__profile",
        "decided_by__profile",
    ).get(uuid=uuid)  # fmt: skip


def list_reviewed(
    *, learners: QuerySet[User], show: str, learner: UUID | None = None
) -> QuerySet[ExerciseItem]:
    """Return exercises of these learners for a teacher, latest first.

    ``show``: ``waiting``, ``in_use`` or ``rejected``.
    """
    items = ExerciseItem.objects.filter(learner__in=learners)
    if learner is not None:
        items = items.filter(learner__uuid=learner)
    if show == "waiting":
        items = items.waiting()
    elif show == "in_use":
        items = items.in_use()
    else:
        items = items.filter(state=ExerciseItem.State.REJECTED)
    return items.annotate(last_outcome=latest_answer("outcome")).select_related(
        "learner__profile", "lesson"
    )


def count_reviewed(*, learners: QuerySet[User], learner: UUID | None) -> dict[str, int]:
    """Return how many exercises there are to look at, in use and rejected."""
    return {
        show: list_reviewed(learners=learners, show=show, learner=learner).count()
        for show in ("waiting", "in_use", "rejected")
    }


def list_left_out(
    *, learners: QuerySet[User], learner: UUID | None
) -> list[tuple[str, int]]:
    """Return why exercises were not shown, with how many, the most frequent first."""
    batches = ExerciseBatch.objects.filter(learner__in=learners)
    if learner is not None:
        batches = batches.filter(learner__uuid=learner)
    return reasons_in_all(batches.values_list("dropped", flat=True)[:BATCHES_COUNTED])


def list_answers(*, item: ExerciseItem) -> QuerySet[ExerciseAttempt]:
    """Return the latest answers to an exercise, whatever its wording was then."""
    return item.attempts.all()[:LATEST_ANSWERS]


def _playable(learner_id: int, l2: str) -> QuerySet[ExerciseItem]:
    items = ExerciseItem.objects.in_use().filter(learner_id=learner_id, l2=l2)
    # A role play without its lesson leads nowhere.
    playable = ~Q(kind=ExerciseItem.Kind.ROLE_PLAY) | Q(
        lesson__course__is_published=True
    )
    return items.filter(playable)


def _to_do(learner_id: int, l2: str) -> QuerySet[ExerciseItem]:
    items = _playable(learner_id, l2).annotate(last_outcome=latest_answer("outcome"))
    return items.filter(Q(last_outcome__isnull=True) | ~Q(last_outcome__in=_DONE))


def _tasks(found: Sequence[ExerciseItem]) -> list[dict[str, Any]]:
    read = {item.pk: read_exercise(item) for item in found}
    readable = [item for item in found if read[item.pk] is not None]
    return [
        {"exercise": str(item.uuid), **task(exercise)}
        for item in in_turn(readable, limit=TASKS_A_RUN)
        if (exercise := read[item.pk]) is not None
    ]
