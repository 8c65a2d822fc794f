"""Where an assignment stands, and what its dates are for one learner. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .models import Assignment, Extension, Submission

# What is talked through with the tutor; LESSON has exercises as well.
TALK_KINDS = frozenset(
    {
        Assignment.Kind.LESSON,
        Assignment.Kind.LESSON_TALK,
        Assignment.Kind.ROLE_PLAY,
        Assignment.Kind.TALK,
    }
)
EXERCISE_KINDS = frozenset({Assignment.Kind.LESSON, Assignment.Kind.EXERCISES})
LESSON_KINDS = frozenset(EXERCISE_KINDS | {Assignment.Kind.LESSON_TALK})


class AssignmentState(StrEnum):
    """Where an assignment stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    PAST = "past"
    ARCHIVED = "archived"


def state_of(assignment: Assignment, *, now: datetime) -> AssignmentState:
    """Return where an assignment stands; past is what was due, taken late or not."""
    if assignment.archived_at is not None:
        return AssignmentState.ARCHIVED
    if assignment.published_at is None:
        return AssignmentState.DRAFT
    if assignment.opens_at > now:
        return AssignmentState.SCHEDULED
    end = assignment.due_at or assignment.closes_at
    return AssignmentState.PAST if end and end <= now else AssignmentState.OPEN


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts for one learner: the assignment's dates and attempts, or their own."""

    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    max_attempts: int | None
    is_excused: bool = False
    is_extended: bool = False

    def late_s(self, at: datetime) -> int:
        """Return how late something handed in at a moment is, 0: in time."""
        if self.due_at is None or at <= self.due_at:
            return 0
        return max(1, int((at - self.due_at).total_seconds()))

    def is_closed(self, now: datetime) -> bool:
        """Whether nothing is taken any more."""
        return self.closes_at is not None and now > self.closes_at


def rules_for(assignment: Assignment, extension: Extension | None) -> Rules:
    """Return what counts for a learner; more time also moves the end behind it."""
    due_at, closes_at = assignment.due_at, assignment.closes_at
    attempts = assignment.max_attempts
    if extension is None:
        return Rules(assignment.opens_at, due_at, closes_at, attempts)
    due_at = extension.due_at or due_at
    if closes_at and extension.due_at:
        closes_at = max(closes_at, extension.due_at)
    if attempts is not None:
        attempts += extension.extra_attempts
    return Rules(
        assignment.opens_at,
        due_at,
        closes_at,
        attempts,
        is_excused=extension.is_excused,
        is_extended=bool(extension.due_at or extension.extra_attempts),
    )


class WorkState(StrEnum):
    """Where a learner stands with an assignment."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    HANDED_IN = "handed_in"
    LATE = "late"
    RETURNED = "returned"
    EXCUSED = "excused"


def latest_done(submissions: list[Submission]) -> Submission | None:
    """Return the latest that was handed in, None where there is none."""
    done = [one for one in submissions if one.state != Submission.State.STARTED]
    return max(done, key=lambda one: one.attempt, default=None)


def work_state(submissions: list[Submission], rules: Rules) -> WorkState:
    """Return where a learner with these submissions stands."""
    done = latest_done(submissions)
    if done is not None:
        if done.state == Submission.State.RETURNED:
            return WorkState.RETURNED
        return WorkState.LATE if done.late_s else WorkState.HANDED_IN
    if rules.is_excused:
        return WorkState.EXCUSED
    return WorkState.BEGUN if submissions else WorkState.NOT_BEGUN
