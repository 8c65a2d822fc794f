"""What a learner did for a submission, counted from what is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from learners.models import DrillAnswer, LessonAttempt
from lessons.models import Exercise
from sessions.models import TutoringSession, Utterance

from .assignment_states import EXERCISE_KINDS, TALK_KINDS
from .models import Assignment, Submission

_RIGHT = (LessonAttempt.Outcome.RIGHT, LessonAttempt.Outcome.OPEN)
_DRILL_RIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done. ``turns``: how often the learner said or wrote something.

    Of exercises the latest answer counts, of a drill every answer.
    """

    spoken_s: int = 0
    turns: int = 0
    exercises: int = 0
    exercises_answered: int = 0
    exercises_right: int = 0
    drill_answers: int = 0
    drill_right: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done that could be looked at."""
        return not (self.turns or self.exercises_answered or self.drill_answers)

    def as_json(self) -> dict[str, int]:
        """Return what a Submission keeps as its ``result``."""
        return asdict(self)


def done_in(submission: Submission) -> Done:
    """Count what was done for a submission so far, or up to its hand-in.

    Its assignment has to be loaded with it.
    """
    assignment = submission.assignment
    kind = assignment.kind
    until = submission.submitted_at
    found: dict[str, int] = {}
    if kind in TALK_KINDS and submission.session is not None:
        found |= said_in(submission.session)
    if kind in EXERCISE_KINDS:
        found |= _exercises(assignment, submission, until)
    if kind == Assignment.Kind.DRILL:
        found |= _drill(assignment, submission, until)
    return Done(**found)


def said_in(session: UUID) -> dict[str, int]:
    """Return ``spoken_s`` and ``turns`` of the learner in a talk; typed words take no time."""
    spoken_ms = 0.0
    turns: set[int] = set()
    said = Utterance.objects.filter(
        turn__session__uuid=session, speaker=Utterance.Speaker.LEARNER
    ).exclude(text="")
    for turn_id, source, duration_ms in said.values_list(
        "turn_id", "source", "duration_ms"
    ):
        turns.add(turn_id)
        if source != Utterance.Source.TEXT:
            spoken_ms += duration_ms
    return {"spoken_s": round(spoken_ms / 1000), "turns": len(turns)}


def exercises_of(assignment: Assignment) -> list[Exercise]:
    """Return the exercises that are set, in order; those that are gone are left out."""
    rows = list(Exercise.objects.filter(lesson=assignment.lesson_id))
    chosen = set(assignment.exercises)
    if not chosen or assignment.kind != Assignment.Kind.EXERCISES:
        return rows
    return [row for row in rows if str(row.uuid) in chosen]


def is_talking(submission: Submission) -> bool:
    """Whether its talk can be joined now."""
    return (
        submission.session is not None
        and TutoringSession.objects.filter(
            uuid=submission.session, status=TutoringSession.Status.ACTIVE
        ).exists()
    )


def _exercises(
    assignment: Assignment, submission: Submission, until: datetime | None
) -> dict[str, int]:
    ids = [row.pk for row in exercises_of(assignment)]
    answers = LessonAttempt.objects.filter(
        _between(submission, until), learner=submission.learner_id, exercise__in=ids
    ).exclude(outcome=LessonAttempt.Outcome.EMPTY)
    latest = dict(
        answers.order_by("answered_at", "id").values_list("exercise_id", "outcome")
    )
    return {
        "exercises": len(ids),
        "exercises_answered": len(latest),
        "exercises_right": sum(outcome in _RIGHT for outcome in latest.values()),
    }


def _drill(
    assignment: Assignment, submission: Submission, until: datetime | None
) -> dict[str, int]:
    answers = DrillAnswer.objects.filter(
        _between(submission, until),
        learner=submission.learner_id,
        contrast=assignment.contrast,
    )
    rights = list(answers.values_list("right", flat=True))
    return {
        "drill_answers": len(rights),
        "drill_right": sum(r is not None and r >= _DRILL_RIGHT for r in rights),
    }


def _between(submission: Submission, until: datetime | None) -> Q:
    span = Q(answered_at__gte=submission.started_at)
    return span & Q(answered_at__lte=until) if until else span
