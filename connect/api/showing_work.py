"""Set work and what was handed in, as the API shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from coursework.assignment_states import state_of
from coursework.gradebook.arithmetic import after_late, exact, rounded
from coursework.models import Assignment, Submission
from schools.models import School

from .showing import learners

_SAME = (
    "uuid", "title", "kind", "instructions", "opens_at", "due_at", "closes_at",
    "max_attempts", "min_minutes", "goals", "points", "weight", "published_at",
)  # fmt: skip


def assignments(
    now: datetime,
) -> Callable[[Sequence[Assignment]], list[dict[str, Any]]]:
    """Return what shows assignments as they stand at a moment."""

    def show(rows: Sequence[Assignment]) -> list[dict[str, Any]]:
        return [
            {
                **{name: getattr(row, name) for name in _SAME},
                "class": row.classroom.uuid,
                "lesson": row.lesson.uuid if row.lesson else None,
                "state": state_of(row, now=now).value,
            }
            for row in rows
        ]

    return show


def results(school: School) -> Callable[[Sequence[Submission]], list[dict[str, Any]]]:
    """Return what shows submissions that were handed in."""

    def show(rows: Sequence[Submission]) -> list[dict[str, Any]]:
        known = learners(school, [row.learner for row in rows])
        return [
            {
                "uuid": row.uuid,
                "class": row.assignment.classroom.uuid,
                "assignment": row.assignment.uuid,
                "learner": known[row.learner_id],
                "attempt": row.attempt,
                "state": row.state,
                "submitted_at": row.submitted_at,
                "late_s": row.late_s,
                "spoken_s": row.spoken_s,
                "points_possible": row.assignment.points,
                "draft": _draft(row),
                "mark": _mark(row),
            }
            for row in rows
        ]

    return show


def counted_points(row: Submission) -> float | None:
    """Return the mark after late rules, rounded as the gradebook does; None: no mark."""
    if row.points is None:
        return None
    left = after_late(
        exact(row.points),
        late_s=row.late_s,
        percent_a_day=row.assignment.classroom.late_percent_a_day,
    )
    return float(rounded(left))


def _draft(row: Submission) -> dict[str, Any] | None:
    if row.draft_points is None:
        return None
    return {"points": row.draft_points, "uncertainty": row.draft_uncertainty}


def _mark(row: Submission) -> dict[str, Any] | None:
    if row.points is None:
        return None
    return {
        "points": row.points,
        "points_counted": counted_points(row),
        "is_final": row.state == Submission.State.RETURNED,
        "marked_at": row.marked_at,
        "returned_at": row.returned_at,
    }
